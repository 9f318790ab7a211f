package org.tidelock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real process, started by the launcher: what only it can show. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LauncherIT {

  /** The plain kernel, which runs everywhere, so that the work lasts long enough to interrupt. */
  private static final List<String> SLOWLY =
      List.of("--kernel", "biginteger", "--checkpoint-every", "PT0.2S");

  @TempDir Path folder;

  private Path work;

  @BeforeEach
  void makeFolders() {
    work = folder.resolve("work");
  }

  private record Ended(int exitCode, String out, String err) {}

  @Test
  void runsFromElsewhereThroughALinkWithoutHome() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("tl"), launcher());
    Process process = start(List.of(link.toString(), "--version"), Map.of());
    assertThat(ended(process).out()).startsWith("tidelock ");
  }

  @Test
  void saysWhichJavaIsWrong() throws Exception {
    Process process =
        start(
            List.of(launcher().toString(), "--version"),
            Map.of("TIDELOCK_JAVA_HOME", folder.toString()));
    Ended ended = ended(process);
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("TIDELOCK_JAVA_HOME=" + folder + " is not a JDK 25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void savesAndExitsFiveOnSignals(String signal) throws Exception {
    Path puzzle = puzzle(1_000_000_000_000L);
    Process process = solve(puzzle);
    awaitCheckpointBeyond(0);
    signal(process, signal);
    Ended ended = ended(process);
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(5);
    assertThat(ended.err()).contains("interrupted at").contains("run the same command again");

    Process again = solve(puzzle);
    awaitCheckpointBeyond(furthestCheckpoint());
    signal(again, signal);
    assertThat(ended(again).err()).contains("going on at");
  }

  @Test
  void killedFiveTimesItEndsInTheSameAnswer() throws Exception {
    Path puzzle = puzzle(6_000_000);
    int kills = 0;
    for (; kills < 5; kills++) {
      long before = furthestCheckpoint();
      Process process = solve(puzzle);
      awaitCheckpointBeyond(before);
      process.destroyForcibly().waitFor();
    }
    assertThat(furthestCheckpoint()).as("killed before the end").isLessThan(6_000_000);
    Ended last = ended(solve(puzzle));
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(last.err()).contains("going on at");
    assertThat(solution(last)).isEqualTo(solution(ended(solveByFactor(puzzle))));
  }

  @Test
  void aSignalLeavesNoHalfWrittenFile() throws Exception {
    Path out = folder.resolve("out.tlk");
    Process process =
        start(
            command("lock", "--squarings", "5", "-q", "-o", out.toString()),
            Map.of("HOME", folder.toString()));
    try (OutputStream in = process.getOutputStream()) {
      in.write(new byte[1 << 20]);
      in.flush();
      await(() -> files(".out.tlk.") == 1);
      signal(process, "TERM");
      Ended ended = ended(process);
      assertThat(ended.exitCode()).isEqualTo(130);
      assertThat(ended.err()).contains("interrupted before there was anything to save");
    }
    assertThat(files(".out.tlk.")).isZero();
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalBeforeTheWorkLeavesTheDocumentOfAnError(String signal) throws Exception {
    Process process = start(command("calibrate", "--json"), Map.of("HOME", folder.toString()));
    assertThat(process.getErrorStream().read()).as("a note that it measures").isPositive();
    signal(process, signal);
    Ended ended = ended(process);
    assertThat(ended.exitCode()).isEqualTo(130);
    assertThat(ended.out()).contains("\"kind\" : \"cancelled\"").contains("\"exitCode\" : 130");
    assertThat(folder.resolve(".tidelock/calibration.json")).doesNotExist();
  }

  @Test
  void anInterruptedDemoPromisesNoResumption() throws Exception {
    Process process =
        start(
            command("demo", "--json", "--for", "10m", "--kernel", "biginteger"),
            Map.of("HOME", folder.toString()));
    // The note that squaring has begun.
    assertThat(process.getErrorStream().read()).isPositive();
    signal(process, "INT");
    Ended ended = ended(process);
    assertThat(ended.exitCode()).isEqualTo(130);
    assertThat(ended.out()).contains("the next one starts over").contains("\"cancelled\"");
  }

  @Test
  void saysWhichJavaOptionsAreWrong() throws Exception {
    Process process =
        start(List.of(launcher().toString(), "--version"), Map.of("TIDELOCK_JAVA_OPTS", "-Xmx16m"));
    Ended ended = ended(process);
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("Java does not start with TIDELOCK_JAVA_OPTS=-Xmx16m");
  }

  @Test
  void refusesAValueOfTheNativeSwitchThatItDoesNotKnow() throws Exception {
    Process process =
        start(List.of(launcher().toString(), "--version"), Map.of("TIDELOCK_NATIVE", "no"));
    Ended ended = ended(process);
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("TIDELOCK_NATIVE=no is neither on nor off");
  }

  @Test
  void saysThatStandardOutputIsFull() throws Exception {
    Process process =
        new ProcessBuilder(launcher().toString(), "--help")
            .redirectOutput(new File("/dev/full"))
            .start();
    Ended ended = ended(process);
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("cannot write standard output: it was closed, or");
  }

  private Path puzzle(long squarings) throws IOException {
    return Files.writeString(
        folder.resolve("puzzle.txt"),
        "t = %d\nn = %s\nz = 0\n".formatted(squarings, Lcs35.MODULUS));
  }

  private Process solve(Path puzzle) throws IOException {
    List<String> command = command("solve", "--work-dir", work.toString());
    command.addAll(SLOWLY);
    command.add(puzzle.toString());
    return start(command, Map.of("HOME", folder.toString()));
  }

  private Process solveByFactor(Path puzzle) throws IOException {
    return start(
        command("solve", "--factor", Lcs35.FACTOR, puzzle.toString()),
        Map.of("HOME", folder.toString()));
  }

  private static String solution(Ended ended) {
    Matcher solution = Pattern.compile("solution \\(hex\\)  ([0-9a-f]+)").matcher(ended.out());
    assertThat(solution.find()).as(ended.out() + ended.err()).isTrue();
    return solution.group(1);
  }

  /** Ctrl-C reaches it even where the build runs in the background, which ignores that signal. */
  private static List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("env", "--default-signal=INT", launcher().toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Path launcher() {
    return Path.of("..", "..", "tidelock").toAbsolutePath().normalize();
  }

  private Process start(List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.equals("HOME") || name.startsWith("TIDELOCK"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Ended ended(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, err);
  }

  private static void signal(Process process, String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  private void awaitCheckpointBeyond(long position) throws Exception {
    await(() -> furthestCheckpoint() > position);
  }

  private long furthestCheckpoint() throws IOException {
    if (!Files.isDirectory(work)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(work)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".checkpoint"))
          .mapToLong(name -> Long.parseLong(name.substring(0, name.indexOf('.'))))
          .max()
          .orElse(0);
    }
  }

  private long files(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith(prefix)).count();
    }
  }

  /** Something that becomes true by another process's doing. */
  @FunctionalInterface
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws Exception {
    while (!holds(condition)) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** A file that vanishes while the folder is read is read about again. */
  private static boolean holds(Condition condition) {
    try {
      return condition.holds();
    } catch (IOException | java.io.UncheckedIOException e) {
      return false;
    }
  }
}
