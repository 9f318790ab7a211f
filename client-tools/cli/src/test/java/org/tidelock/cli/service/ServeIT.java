package org.tidelock.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service as an operator runs it: real processes, and a PostgreSQL of their own. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class ServeIT {

  @TempDir Path folder;

  @Test
  void keepsItsDataOverSignalsAndKills() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    String serverId;
    try (LaunchedCommand service = serve(home)) {
      String ready = service.awaitOut(said -> said.contains("\n"));
      serverId = field(ready, "serverId");
      assertThat(get(field(ready, "operationsAddress") + "/health/ready")).isEqualTo(200);
      assertThat(get(field(ready, "keyServerOperationsAddress") + "/health/ready")).isEqualTo(200);

      try (LaunchedCommand second = serve(home)) {
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.out()).contains("is in use by another running service");
      }
      String port = Integer.toString(URI.create(field(ready, "address")).getPort());
      try (LaunchedCommand other = serve(folder.resolve("other"), port)) {
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.out()).contains("port " + port + " of 127.0.0.1 cannot be had");
      }

      service.signal("INT");
      assertThat(service.exitCode()).as(service.err()).isZero();
      assertThat(postmaster(home, "server")).doesNotExist();
      assertThat(postmaster(home, "key-server")).doesNotExist();
    }
    try (LaunchedCommand service = serve(home)) {
      assertThat(field(service.awaitOut(said -> said.contains("\n")), "serverId"))
          .isEqualTo(serverId);
      service.signal("KILL");
      assertThat(service.exitCode()).isEqualTo(137);
      assertThat(postmaster(home, "server")).exists();
      assertThat(postmaster(home, "key-server")).exists();
    }
    try (LaunchedCommand service = serve(home)) {
      assertThat(field(service.awaitOut(said -> said.contains("\n")), "serverId"))
          .isEqualTo(serverId);
      assertThat(service.err()).contains("of an earlier run still works on");
      service.signal("TERM");
      assertThat(service.exitCode()).as(service.err()).isZero();
      assertThat(postmaster(home, "server")).doesNotExist();
      assertThat(postmaster(home, "key-server")).doesNotExist();
    }
  }

  @Test
  void settingsComeFromFileEnvironmentAndOptionsInThatOrder() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("settings"), "port=1001\nhost=10.0.0.1\nsmtp-password=swordfish\n");
    try (LaunchedCommand shown =
        LaunchedCommand.start(
            folder.resolve("home"),
            Map.of("TIDELOCK_PORT", "1002", "TIDELOCK_OPERATIONS_PORT", "1003"),
            "",
            "serve",
            "--config",
            file.toString(),
            "--operations-port=1004",
            "--print-config")) {
      assertThat(shown.exitCode()).as(shown.err()).isZero();
      assertThat(shown.out())
          .contains("host=10.0.0.1  # " + file)
          .contains("port=1002  # environment")
          .contains("operations-port=1004  # flag")
          .contains("smtp-password=(hidden)  # " + file)
          .contains("data=" + folder.resolve("home").resolve("service") + "  # default")
          .doesNotContain("swordfish");
    }
    Files.writeString(file, "prot=1001\n");
    try (LaunchedCommand refused =
        LaunchedCommand.start(
            folder.resolve("home"), Map.of(), "", "serve", "--config", file.toString())) {
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err()).contains("there is no setting named prot");
    }
  }

  @Test
  void verbsThatOnlyLockLoadNoClassOfTheServers() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    Path classes = folder.resolve("classes");
    try (LaunchedCommand lock =
        LaunchedCommand.start(
            home,
            Map.of("TIDELOCK_JAVA_OPTS", "-Xlog:class+load:file=" + classes),
            "text",
            "lock",
            "--squarings",
            "1000",
            "--armor")) {
      assertThat(lock.exitCode()).as(lock.err()).isZero();
    }
    assertThat(Files.readString(classes))
        .contains("org.tidelock.cli.verb.LockCommand")
        .doesNotContain("io.vertx.")
        .doesNotContain("io.netty.")
        .doesNotContain("ch.qos.logback.")
        .doesNotContain("org.tidelock.server.app.Server ");
  }

  private static LaunchedCommand serve(Path home) throws IOException {
    return serve(home, "0");
  }

  private static LaunchedCommand serve(Path home, String port) throws IOException {
    return LaunchedCommand.start(
        home,
        Map.of(),
        "",
        "serve",
        "--json",
        "--port",
        port,
        "--operations-port",
        "0",
        "--introspection-port",
        "0",
        "--key-server-port",
        "0",
        "--key-server-operations-port",
        "0");
  }

  private static Path postmaster(Path home, String service) {
    return home.resolve("service/" + service + "/postgres/data/postmaster.pid");
  }

  private static String field(String document, String name) {
    Matcher value = Pattern.compile("\"%s\":\"([^\"]+)\"".formatted(name)).matcher(document);
    assertThat(value.find()).as(document).isTrue();
    return value.group(1);
  }

  private static int get(String address) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }
}
