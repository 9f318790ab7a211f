package org.tidelock.engine.lockfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidelock.engine.lockfile.Keys.ALICE;
import static org.tidelock.engine.lockfile.Keys.ALICE_SECRET;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelock.engine.puzzle.ModulusPolicy;
import org.tidelock.engine.puzzle.OpenOutcome;
import org.tidelock.engine.puzzle.TestMaker;

/** What the age client itself says to lock files. Skipped where it is not on the PATH. */
class AgeInteropTest {

  private static final byte[] PLAIN = "inside".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private Path identity;

  @BeforeEach
  void needsTheAgeClient() throws Exception {
    boolean present =
        List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
            .anyMatch(entry -> Files.isExecutable(Path.of(entry, "age")));
    Assumptions.assumeTrue(present, "the age client is not on the PATH");
    identity = Files.writeString(folder.resolve("identity"), Keys.ALICE_SECRET_TEXT + "\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ageReadsTheHeaderAndFindsNoKeyOfItsOwn(boolean armored) throws Exception {
    Path file = folder.resolve("locked");
    Files.write(file, new Locker().lock(PLAIN, armored, List.of(ALICE)));

    Answer answer = age("-d", "-i", identity.toString(), file.toString());

    assertThat(answer.code).isNotZero();
    assertThat(answer.text).contains("no identity matched any of the recipients");
  }

  @Test
  void ageDecryptsTheNestedFile() throws Exception {
    LockFile file =
        LockFile.read(
            new ByteArrayInputStream(new Locker().lock(PLAIN, false, List.of(ALICE))),
            ModulusPolicy.INSECURE_ALLOW_SMALL);
    Path nested = folder.resolve("nested.age");
    Files.write(nested, payload(file));

    Answer answer = age("-d", "-i", identity.toString(), nested.toString());

    assertThat(answer).isEqualTo(new Answer(0, "inside"));
  }

  @Test
  void weOpenANestedFileThatAgeWrote() throws Exception {
    Path plain = Files.write(folder.resolve("plain"), PLAIN);
    Path inner = folder.resolve("inner.age");
    assertThat(age("-r", ALICE.toString(), "-o", inner.toString(), plain.toString()).code).isZero();
    // The stanza of a nested file around what age wrote.
    ByteArrayOutputStream locked = new ByteArrayOutputStream();
    TimeLockStanza.Writer stanza =
        new TimeLockStanza.Writer(
            org.tidelock.engine.puzzle.PuzzleMaker.onePuzzleEach(
                org.tidelock.engine.puzzle.ModulusPool.onDemand(128)),
            100,
            true);
    try (var channel =
        new com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory()
            .newEncryptingChannel(Channels.newChannel(locked), List.of(stanza))) {
      channel.write(java.nio.ByteBuffer.wrap(Files.readAllBytes(inner)));
    }

    LockFile file =
        LockFile.read(
            new ByteArrayInputStream(locked.toByteArray()), ModulusPolicy.INSECURE_ALLOW_SMALL);

    assertThat(Locker.open(file, List.of(ALICE_SECRET))).isEqualTo(PLAIN);
  }

  /** The payload of a nested file as it is, which {@link LockFile#open} would decrypt further. */
  private static byte[] payload(LockFile file) throws Exception {
    OpenOutcome.Opened key =
        (OpenOutcome.Opened)
            file.info().puzzle().open(TestMaker.solve(file.info().puzzle().work()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    UnlockOutcome outcome = file.openOuterLayer(key.revealPayload(), out);
    assertThat(outcome).isInstanceOf(UnlockOutcome.Unlocked.class);
    return out.toByteArray();
  }

  private Answer age(String... arguments) throws Exception {
    Path output = folder.resolve("output");
    List<String> command = new java.util.ArrayList<>(List.of("age"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return new Answer(process.exitValue(), Files.readString(output));
  }

  private record Answer(int code, String text) {}
}
