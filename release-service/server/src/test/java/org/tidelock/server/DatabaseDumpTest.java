package org.tidelock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.wire.Login;
import org.tidelock.protocol.wire.Registration;
import org.tidelock.protocol.wire.Session;
import org.tidelock.server.testing.Person;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.service.db.TestDatabase;

/** Everything in the database after a run, searched for what must not be there. */
class DatabaseDumpTest {

  private final Map<String, byte[]> secrets = new TreeMap<>();

  @Test
  void noSecretIsInTheDatabase() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      Person alice = new Person(server.wire(), "alice");
      Person.Registered registered = alice.register(server);
      Person pending = new Person(server.wire(), "bob");
      pending.newDevice().register().as(Registration.Started.class);
      Person.Device laptop = alice.newDevice();
      Login.Granted granted = laptop.login().as(Login.Granted.class);
      Session.Tokens tokens = laptop.openSession(granted.token()).as(Session.Tokens.class);

      secrets.put("code", server.codeFor(pending.contact).getBytes(StandardCharsets.US_ASCII));
      secrets.put("contact", alice.contact.value().getBytes(StandardCharsets.US_ASCII));
      secrets.put("login token", granted.token().value().toArray());
      secrets.put("access token", tokens.accessToken().value().toArray());
      secrets.put("refresh token", tokens.refreshToken().value().toArray());
      secrets.put("first token", registered.token().value().toArray());
      secrets.put("auth seed", reveal(alice.password.authKey().revealSeed()));
      secrets.put("signing seed", reveal(alice.signing.revealSeed()));
      secrets.put("encryption key", reveal(alice.encryption.revealPrivate()));
      secrets.put("account key", reveal(alice.accountKey.revealSecret()));
      secrets.put("recovery key", alice.recovery.revealText().getBytes(StandardCharsets.US_ASCII));
      secrets.put("device seed", reveal(laptop.key.revealSeed()));

      String dump = dump(server.databaseUrl());
      // The search finds what is there.
      assertThat(dump).contains(hex(alice.signing.publicKey().value().toArray()));
      assertThat(dump).contains("alice");
      secrets.forEach(
          (what, secret) -> {
            for (String form : forms(secret)) {
              assertThat(dump).as(what).doesNotContain(form);
            }
          });
    }
  }

  private static byte[] reveal(SecretBytes secret) {
    return secret.revealCopy();
  }

  private static List<String> forms(byte[] secret) {
    return List.of(
        hex(secret),
        hex(new String(secret, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8)),
        Base64.getEncoder().encodeToString(secret),
        Base64.getUrlEncoder().withoutPadding().encodeToString(secret),
        hex(Base64.getUrlEncoder().withoutPadding().encode(secret)),
        new String(secret, StandardCharsets.ISO_8859_1));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Every row of every table, as PostgreSQL writes it: bytes in hexadecimal. */
  private static String dump(String url) throws SQLException {
    StringBuilder dump = new StringBuilder();
    try (Connection connection = TestDatabase.connect(url);
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      assertThat(tables).contains("accounts", "tokens", "devices", "registrations", "key_log");
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
}
