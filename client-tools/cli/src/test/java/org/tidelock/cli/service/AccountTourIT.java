package org.tidelock.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidelock.protocol.keys.PasswordKeys;
import org.tidelock.protocol.keys.RecoveryKey;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.wire.Session;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.service.db.EmbeddedPostgres;

/**
 * An account's whole life at the command line, against the service as it is run: and afterwards
 * every secret of that life looked for in both databases and in everything that was logged.
 */
@Timeout(value = 9, unit = TimeUnit.MINUTES)
class AccountTourIT {

  private static final String FIRST_PASSWORD = "correct horse battery";
  private static final String SECOND_PASSWORD = "another horse entirely";
  private static final String THIRD_PASSWORD = "third time is lucky";
  private static final String OF_BOB = "staple or not, bob";

  @TempDir Path folder;
  @AutoClose private LaunchedCommand service;

  private final Map<String, byte[]> secrets = new TreeMap<>();
  private Path operator;
  private String address;

  private record Ended(int exitCode, String out, String err) {}

  @BeforeEach
  void serve() throws Exception {
    operator = Files.createDirectory(folder.resolve("operator"));
    service =
        LaunchedCommand.start(
            operator,
            Map.of(),
            "",
            "serve",
            "--json",
            "--port=0",
            "--operations-port=0",
            "--introspection-port=0",
            "--key-server-port=0",
            "--key-server-operations-port=0");
    address = field(service.awaitOut(said -> said.contains("\n")), "address");
  }

  @Test
  void anAccountLivesAndLeavesNoSecretBehind() throws Exception {
    Path laptop = folder.resolve("laptop");
    Path phone = folder.resolve("phone");
    Path bob = folder.resolve("bob");

    String applied = register(laptop, "alice", FIRST_PASSWORD);
    String recoveryKey = field(applied, "recoveryKey");
    register(bob, "bob", OF_BOB);
    note("laptop after registration", laptop, FIRST_PASSWORD);

    String number = field(done(laptop, "", "safety-number", "bob"), "safetyNumber");
    assertThat(field(done(bob, "", "safety-number", "alice"), "safetyNumber")).isEqualTo(number);

    done(phone, FIRST_PASSWORD, "login", "alice", "--device-name=phone", "--password-stdin");
    assertThat(done(laptop, "", "devices")).contains("\"phone\"");
    note("phone", phone, FIRST_PASSWORD);

    seesAliceOnline(phone, bob);
    blocksAliceForAWhile(bob);

    assertThat(done(laptop, FIRST_PASSWORD, "rotate-keys", "--password-stdin"))
        .contains("\"keyGeneration\" : 2");
    note("laptop after renewal", laptop, FIRST_PASSWORD);
    assertThat(field(done(bob, "", "safety-number", "alice"), "safetyNumber")).isNotEqualTo(number);

    done(laptop, FIRST_PASSWORD + "\n" + SECOND_PASSWORD, "password", "--password-stdin");
    note("laptop after a password change", laptop, SECOND_PASSWORD);
    Ended wrong = call(phone, FIRST_PASSWORD, "login", "--password-stdin");
    assertThat(wrong.exitCode()).isEqualTo(4);
    assertThat(wrong.out()).contains("wrong name or password");

    done(laptop, recoveryKey + "\n" + THIRD_PASSWORD, "recover", "--password-stdin");
    note("laptop after recovery", laptop, THIRD_PASSWORD);
    done(phone, THIRD_PASSWORD, "login", "--password-stdin");
    note("phone at the end", phone, THIRD_PASSWORD);
    assertThat(done(phone, "", "whoami"))
        .contains("\"passwordVersion\" : 3")
        .contains("\"keyGeneration\" : 2");

    assertThat(admin("users")).contains("\"sessions\" : 2");
    assertThat(admin("quota", "bob", "--messages=7"))
        .contains("\"messagesAllowed\" : 7")
        .contains("\"own\" : true");
    assertThat(admin("quota", "bob", "--as-everybody")).contains("\"own\" : false");
    assertThat(admin("rotate-kek")).contains("\"damaged\" : 0");
    assertThat(admin("disable", "bob")).contains("\"disabled\" : true");
    assertThat(call(bob, "", "whoami").out()).contains("not logged in");
    assertThat(call(bob, OF_BOB, "login", "--password-stdin").out())
        .contains("the operator has disabled the account");

    done(laptop, "", "logout", "--everywhere");
    assertThat(call(phone, "", "whoami").out()).contains("not logged in");

    secrets.put("recovery key", recoveryKey.getBytes(StandardCharsets.US_ASCII));
    try (RecoveryKey recovery = RecoveryKey.parse(recoveryKey)) {
      put("recovery auth seed", recovery.authKey().revealSeed());
    }
    noteSecretsOfTheService();
    assertNothingIsFound();
  }

  /** Whom nobody may see is not there; once everybody may, she is, for as long as she watches. */
  private void seesAliceOnline(Path phone, Path bob) throws Exception {
    assertThat(done(bob, "", "online")).doesNotContain("alice");
    assertThat(done(phone, "", "online", "--visible-to=everyone")).contains("\"everyone\"");
    try (LaunchedCommand watching =
        LaunchedCommand.start(phone, Map.of(), "", "online", "--watch")) {
      watching.awaitErr(said -> said.contains("online; Ctrl-C ends it"));
      assertThat(done(bob, "", "online")).contains("\"name\" : \"alice\"");
    }
    assertThat(done(bob, "", "online")).doesNotContain("alice");
  }

  private void blocksAliceForAWhile(Path bob) throws Exception {
    assertThat(field(done(bob, "", "block", "alice"), "blocked")).isEqualTo("alice");
    assertThat(done(bob, "", "blocked")).contains("\"alice\"");
    assertThat(field(done(bob, "", "unblock", "alice"), "unblocked")).isEqualTo("alice");
    assertThat(done(bob, "", "blocked")).doesNotContain("alice");
    assertThat(call(bob, "", "unblock", "alice").out()).contains("there is no such thing");
  }

  private String register(Path home, String name, String password) throws Exception {
    String applied =
        done(
            home,
            password,
            "register",
            name,
            "--mail=" + name + "@example.org",
            "--password-stdin");
    Matcher code =
        Pattern.compile("to %s@example.org.*\\n.*code is ([0-9]{8})".formatted(name))
            .matcher(service.out());
    assertThat(code.find()).isTrue();
    secrets.put("code of " + name, code.group(1).getBytes(StandardCharsets.US_ASCII));
    secrets.put("contact of " + name, (name + "@example.org").getBytes(StandardCharsets.US_ASCII));
    assertThat(done(home, "", "register", "--code=" + code.group(1)))
        .contains("\"keysStored\" : true");
    return applied;
  }

  /** Notes every secret that a home knows at one moment. */
  private void note(String when, Path home, String password) throws IOException {
    StoredIdentity identity = ClientHome.in(home.resolve("account")).identity().orElseThrow();
    secrets.put(when + ": password", password.getBytes(StandardCharsets.UTF_8));
    secrets.put(when + ": device seed", identity.deviceSeed().toArray());
    secrets.put(when + ": signing seed", identity.signingSeed().toArray());
    secrets.put(when + ": encryption key", identity.encryptionKey().toArray());
    for (Session.Tokens tokens : identity.session()) {
      secrets.put(when + ": access token", tokens.accessToken().value().toArray());
      secrets.put(when + ": refresh token", tokens.refreshToken().value().toArray());
    }
    try (PasswordKeys keys = PasswordKeys.derive(password.toCharArray(), identity.kdf())) {
      put(when + ": auth seed", keys.authKey().revealSeed());
    }
  }

  private void noteSecretsOfTheService() throws IOException {
    Path data = operator.resolve("service");
    for (String file :
        List.of(
            "server/server-secret",
            "server/server-keks",
            "key-server/key-server-secret",
            "key-server/key-server-keks")) {
      for (String line : Files.readAllLines(data.resolve(file))) {
        secrets.put(file, Base64.getUrlDecoder().decode(line.strip()));
      }
    }
  }

  private void assertNothingIsFound() throws Exception {
    String server = dump("server", "tidelock_server");
    String keyServer = dump("key-server", "tidelock_key_server");
    assertThat(server).contains("alice");
    assertThat(keyServer).hasSizeGreaterThan(1000);
    StringBuilder logs = new StringBuilder(service.err());
    try (Stream<Path> files = Files.walk(operator.resolve("service"))) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        logs.append(Files.readString(log));
      }
    }
    assertThat(logs).contains("listens on port").contains("database system is ready");
    assertThat(secrets).hasSizeGreaterThan(35);
    secrets.forEach(
        (what, secret) -> {
          for (String form : forms(secret)) {
            assertThat(server.contains(form)).as("%s in the server's database", what).isFalse();
            assertThat(keyServer.contains(form)).as("%s on the key server", what).isFalse();
            assertThat(logs.indexOf(form)).as("%s in a log", what).isNegative();
          }
        });
  }

  private static List<String> forms(byte[] secret) {
    return List.of(
        hex(secret),
        hex(Base64.getUrlEncoder().withoutPadding().encode(secret)),
        Base64.getEncoder().encodeToString(secret),
        Base64.getUrlEncoder().withoutPadding().encodeToString(secret),
        new String(secret, StandardCharsets.ISO_8859_1));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Every row of every table, as PostgreSQL writes it: bytes in hexadecimal. */
  private String dump(String part, String database) throws IOException, SQLException {
    Path postgres = operator.resolve("service").resolve(part).resolve("postgres");
    URI url = URI.create(EmbeddedPostgres.revealRunning(postgres, database).orElseThrow());
    String[] login = url.getUserInfo().split(":", 2);
    StringBuilder dump = new StringBuilder();
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://%s:%d%s".formatted(url.getHost(), url.getPort(), url.getPath()),
                login[0],
                login[1]);
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet rows = statement.executeQuery("SELECT t::text FROM " + table + " t")) {
          while (rows.next()) {
            dump.append(table).append(rows.getString(1)).append('\n');
          }
        }
      }
    }
    return dump.toString();
  }

  private void put(String what, SecretBytes secret) {
    try (secret) {
      secrets.put(what, secret.revealCopy());
    }
  }

  private String admin(String... verb) throws Exception {
    List<String> words = new ArrayList<>(List.of("admin"));
    words.addAll(List.of(verb));
    return done(operator, "", words.toArray(String[]::new));
  }

  private String done(Path home, String input, String... arguments) throws Exception {
    Ended ended = call(home, input, arguments);
    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    return ended.out();
  }

  private Ended call(Path home, String input, String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(arguments));
    words.add("--json");
    try (LaunchedCommand command =
        LaunchedCommand.start(
            home, Map.of("TIDELOCK_SERVER", address), input, words.toArray(String[]::new))) {
      return new Ended(command.exitCode(), command.out(), command.err());
    }
  }

  private static String field(String document, String name) {
    Matcher value = Pattern.compile("\"%s\" ?: ?\"([^\"]+)\"".formatted(name)).matcher(document);
    assertThat(value.find()).as(document).isTrue();
    return value.group(1);
  }
}
