package org.tidelock.cli.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidelock.cli.Tidelock;
import org.tidelock.cli.message.Town.Ended;
import org.tidelock.cli.service.LaunchedCommand;
import org.tidelock.cli.terminal.Console;
import org.tidelock.cli.terminal.Console.Terminals;
import org.tidelock.cli.terminal.Interruption;

/** Messages at the command line, between real processes: the service as it is run, and people. */
@SuppressWarnings("NullAway.Init") // Started before all tests.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MessageTourIT {

  /** A puzzle of a thousand squarings a second: nobody waits for it. */
  private static final String QUICK = "--profile=1000000ns";

  @TempDir static Path folder;

  private static Town town;
  private static Path alice;
  private static Path bob;

  @BeforeAll
  static void serve() throws Exception {
    town = Town.served(folder);
    alice = town.register("alice");
    bob = town.register("bob");
  }

  @AfterAll
  static void stop() throws IOException {
    town.close();
  }

  @Test
  @Order(1)
  void aMessageIsClosedUntilItsTime() throws Exception {
    Ended sent = town.done(alice, "until the hour", "send", "bob", "--for=1h", QUICK);
    String id = sent.field("message");
    assertThat(sent.field("squarings")).isNotBlank();
    assertThat(sent.out()).contains("\"fastestKnownSeconds\"").contains("\"text/plain\"");
    Path out = folder.resolve("never-before.txt");

    Ended early = town.call(bob, "", "read", id, "-o", out.toString()).with(3);

    assertThat(early.field("state")).isEqualTo("waiting");
    assertThat(early.field("releaseAt")).isEqualTo(sent.field("unlockAt"));
    assertThat(early.out()).contains("\"kind\" : \"not-yet-unlocked\"");
    assertThat(out).doesNotExist();
    assertThat(town.done(bob, "", "inbox").out()).contains(id).contains("\"arrived\"");
    assertThat(town.done(bob, "", "inbox").out()).contains(id).doesNotContain("\"arrived\"");
  }

  @Test
  @Order(1)
  void aMessageOpensAtItsTimeForWhoWaits() throws Exception {
    Ended sent = town.done(alice, "at the hour", "send", "bob", "--for=5s", QUICK);
    Path out = folder.resolve("at-unlock.txt");

    Ended read =
        town.done(
            bob, "", "read", sent.field("message").substring(0, 8), "--wait", "-o", out.toString());

    assertThat(Instant.now()).isAfterOrEqualTo(Instant.parse(sent.field("unlockAt")));
    assertThat(out).hasContent("at the hour");
    assertThat(read.field("receiptConfirmed")).isEqualTo("true");
    assertThat(read.field("from")).isEqualTo("alice");
    assertThat(town.done(alice, "", "sent").out())
        .contains(sent.field("message"))
        .contains("\"released\"");
  }

  @Test
  @Order(2)
  void solvingGoesOnAfterKill() throws Exception {
    String id =
        town.done(
                alice,
                "work for it",
                "send",
                "bob",
                "--for=60s",
                "--profile=2000ns",
                "--release=puzzle-only",
                "--puzzle-by=sender")
            .field("message");
    Path out = Files.createDirectory(folder.resolve("solved")).resolve("out.txt");
    String[] solve = {"read", id, "--solve", "--checkpoint-every=PT0.1S", "-o", out.toString()};
    try (LaunchedCommand killed = town.start(bob, "", solve)) {
      awaitFile(bob.resolve("work"), ".checkpoint");
      killed.signal("KILL");
      assertThat(killed.exitCode()).isEqualTo(137);
    }
    assertThat(out).doesNotExist();

    Ended read = town.done(bob, "", solve);

    assertThat(Long.parseLong(read.field("resumedFrom"))).isPositive();
    assertThat(out).hasContent("work for it");
    assertThat(out.getParent()).isDirectoryNotContaining(file -> !file.equals(out));
    assertThat(bob.resolve("work")).isEmptyDirectory();
  }

  @Test
  @Order(3)
  void theSenderDecidesOtherwiseAndIsToldWhatCannotBeRecalled() throws Exception {
    String cancelled = send("never", "--for=1h");
    String postponed = send("later", "--for=1h");
    String now = send("now", "--for=1h");

    Ended taken = town.done(alice, "", "cancel", cancelled.substring(0, 8));
    assertThat(taken.field("state")).isEqualTo("cancelled");
    assertThat(taken.field("puzzlePublished")).isEqualTo("true");
    assertThat(taken.err()).contains("cannot be recalled");
    Ended moved = town.done(alice, "", "postpone", postponed, "--for=2d");
    town.done(alice, "", "send-now", now);

    assertThat(town.call(bob, "", "read", cancelled, "-o", "x").with(3).field("state"))
        .isEqualTo("cancelled");
    assertThat(town.call(bob, "", "read", postponed, "-o", "x").with(3).field("releaseAt"))
        .isEqualTo(moved.field("releaseAt"));
    assertThat(readByWaiting(bob, now, "now.txt")).hasContent("now");
    assertThat(town.call(alice, "", "cancel", now).with(1).out()).contains("cannot be recalled");
  }

  @Test
  @Order(4)
  void theInboxIsFollowedUntilCtrlC() throws Exception {
    try (LaunchedCommand watching = town.start(bob, "", "inbox", "--watch")) {
      watching.awaitErr(said -> said.contains("watching"));
      String id = town.done(alice, "at once", "send", "bob").field("message");
      watching.awaitOut(
          said ->
              said.lines()
                  .anyMatch(
                      line ->
                          line.contains(id)
                              && line.contains("\"kind\":\"arrived\"")
                              && line.contains("\"from\":\"alice\"")));
      watching.signal("INT");
      assertThat(watching.exitCode()).isZero();
    }
  }

  @Test
  @Order(5)
  void whatDidNotGetThroughWaitsInTheOutbox() throws Exception {
    byte[] content = new byte[6_000_000];
    new Random(5).nextBytes(content);
    Path file = Files.write(folder.resolve("long.bin"), content);
    try (LaunchedCommand killed = town.start(alice, "", "send", "bob", file.toString())) {
      awaitFile(alice.resolve("account/outbox"), ".json");
      killed.signal("KILL");
      assertThat(killed.exitCode()).isEqualTo(137);
    }
    assertThat(town.done(alice, "", "sent").out()).containsPattern("\"outbox\" : \\[\\s+\"");

    Ended sent = town.done(alice, "", "send", "--pending");
    assertThat(sent.out()).contains("\"refused\" : [ ]");
    String id = sent.out().replaceAll("(?s).*\"sent\" : \\[\\s+\"([^\"]+)\".*", "$1");

    assertThat(readByWaiting(bob, id, "long.out")).hasSameBinaryContentAs(file);
    assertThat(town.done(alice, "", "send", "--pending").err()).contains("nothing waits");
  }

  @Test
  @Order(6)
  void aDeviceAddedLaterReadsWhatCameBefore() throws Exception {
    String id = send("to any device", "--for=1h");
    Path phone = town.home("phone");
    town.done(phone, Town.PASSWORD, "login", "bob", "--password-stdin");
    town.done(alice, "", "send-now", id);

    assertThat(readByWaiting(phone, id, "phone.txt")).hasContent("to any device");
  }

  @Test
  @Order(7)
  void contentThatGivesOrdersNeverReachesATerminal() throws Exception {
    String id = town.done(alice, "fine so far\u001b]0;owned\u0007", "send", "bob").field("message");
    String c1 = town.done(alice, "fine so far\u009b2J", "send", "bob").field("message");
    for (String message : new String[] {id, c1}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      assertThat(onTerminal(out, err, "read", message)).isEqualTo(2);
      assertThat(out.size()).isZero();
      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains("refusing to print bytes that are not text on the terminal");
    }
  }

  @Test
  @Order(8)
  void whatIsWrongIsSaid() throws Exception {
    assertThat(town.call(alice, "x", "send", "nobody-here").with(1).out())
        .contains("there is no nobody-here at");
    assertThat(town.call(bob, "", "read", "zzzzzzzz", "-o", "x").with(1).out())
        .contains("no message that you received begins with zzzzzzzz");
    assertThat(town.call(bob, "", "read", "z".repeat(21) + "A", "-o", "x").with(1).out())
        .contains("there is no message");
    String first = town.done(bob, "", "inbox").out();
    assertThat(first).contains("\"message\"");
  }

  /** The last: no service is there at its end. */
  @Test
  @Order(9)
  void anExportedMessageOpensWhenTheServiceIsGone() throws Exception {
    String id =
        town.done(
                alice,
                "without any server",
                "send",
                "bob",
                "--for=10s",
                QUICK,
                "--release=puzzle-only")
            .field("message");
    Path exported = folder.resolve("exported.message");
    Path shown = Files.write(folder.resolve("puzzle.json"), shown(id));
    town.done(bob, "", "export", id, "-o", exported.toString());
    town.stop();

    Path stranger = town.home("stranger");
    Ended solved = town.done(stranger, "", "solve", shown.toString());
    assertThat(town.done(stranger, "", "solve", exported.toString()).field("solutionHex"))
        .isEqualTo(solved.field("solutionHex"));
    Path solution = Files.writeString(folder.resolve("solution.json"), solved.out());

    Path out = folder.resolve("offline.txt");
    town.done(
        bob, "", "read", "--offline=" + exported, "--solution=" + solution, "-o", out.toString());
    assertThat(out).hasContent("without any server");
    Path again = folder.resolve("offline-solved.txt");
    town.done(bob, "", "read", "--offline=" + exported, "-o", again.toString());
    assertThat(again).hasContent("without any server");

    Path never = folder.resolve("never.txt");
    Path wrong = Files.writeString(folder.resolve("wrong.txt"), "0x1234");
    assertThat(
            town.call(
                    bob,
                    "",
                    "read",
                    "--offline=" + exported,
                    "--solution=" + wrong,
                    "-o",
                    never.toString())
                .with(4)
                .out())
        .contains("wrong-key-or-damaged-data");
    byte[] spoilt = Files.readAllBytes(exported);
    spoilt[spoilt.length - 20] ^= 1;
    Files.write(exported, spoilt);
    town.call(bob, "", "read", "--offline=" + exported, "-o", never.toString()).with(4);
    assertThat(never).doesNotExist();
    assertThat(town.call(bob, "", "read", id, "-o", never.toString()).with(6).out())
        .contains("does not answer");
    assertThat(town.call(alice, "x", "send", "bob").with(6).out()).contains("nothing was sent");
  }

  private static String send(String text, String... options) throws Exception {
    String[] words =
        Stream.concat(Stream.of("send", "bob", QUICK), Stream.of(options)).toArray(String[]::new);
    return town.done(alice, text, words).field("message");
  }

  private static Path readByWaiting(Path home, String id, String name) throws Exception {
    Path out = folder.resolve(name);
    town.done(home, "", "read", id, "--wait", "-o", out.toString());
    return out;
  }

  private static int onTerminal(
      ByteArrayOutputStream out, ByteArrayOutputStream err, String... arguments) {
    Console console =
        new Console(
            InputStream.nullInputStream(),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new Terminals(false, true, false, 80),
            Map.of("TIDELOCK_HOME", bob.toString()),
            folder,
            InstantSource.system(),
            ZoneOffset.UTC);
    return Tidelock.run(console, new Interruption(), arguments);
  }

  private static void awaitFile(Path below, String ending) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline) {
      if (Files.isDirectory(below)) {
        try (Stream<Path> files = Files.walk(below)) {
          if (files.anyMatch(file -> file.toString().endsWith(ending))) {
            return;
          }
        } catch (java.io.UncheckedIOException e) {
          // A file came and went meanwhile.
        }
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new AssertionError("no file %s below %s".formatted(ending, below));
  }

  /** What anybody sees of a puzzle, as {@code curl} fetches it. */
  private static byte[] shown(String id) throws Exception {
    SSLContext anyServer = SSLContext.getInstance("TLS");
    anyServer.init(null, new TrustManager[] {new TrustsAnyServer()}, new SecureRandom());
    try (java.net.http.HttpClient http =
        java.net.http.HttpClient.newBuilder().sslContext(anyServer).build()) {
      return http.send(
              java.net.http.HttpRequest.newBuilder(
                      java.net.URI.create(town.address() + "/v1/puzzles/" + id))
                  .build(),
              java.net.http.HttpResponse.BodyHandlers.ofByteArray())
          .body();
    }
  }

  private static final class TrustsAnyServer extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
