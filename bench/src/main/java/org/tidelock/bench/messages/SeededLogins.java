package org.tidelock.bench.messages;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.Token;
import org.tidelock.service.db.DatabaseAddress;

/**
 * Accounts with one device each that is logged in, put into the database as they would be there
 * after a registration: nothing is asked of the password's derivation, which would take longer than
 * all else.
 */
final class SeededLogins {

  private static final int ID_BYTES = 16;
  private static final int HANDLE_BYTES = 32;
  private static final Duration LIFETIME = Duration.ofHours(1);

  private static final String ACCOUNT =
      """
      INSERT INTO accounts
        (account_id, name, handle_id, kdf_memory_kib, kdf_iterations, kdf_parallelism, kdf_salt,
         auth_key, recovery_auth_key, password_version, recovery_version, key_generation,
         signing_key, encryption_suite, encryption_key, created_at)
      SELECT ?, ?, ?, kdf_memory_kib, kdf_iterations, kdf_parallelism, kdf_salt,
        auth_key, recovery_auth_key, password_version, recovery_version, key_generation,
        signing_key, encryption_suite, encryption_key, created_at
      FROM accounts WHERE name = ?
      """;

  private static final String DEVICE =
      """
      INSERT INTO devices (device_id, account_id, device_key, created_at, last_seen_at)
      VALUES (?, ?, ?, now(), now())
      """;

  private static final String FAMILY =
      "INSERT INTO token_families (family_id, device_id, created_at) VALUES (?, ?, now())";

  private static final String TOKEN =
      "INSERT INTO tokens (token_hash, family_id, kind, expires_at) VALUES (?, ?, 'full', ?)";

  private SeededLogins() {}

  /** A device that is logged in. */
  record Login(SigningKey device, Token token) {}

  /** Puts as many there, each of an account of its own that has the keys of {@code sample}. */
  static List<Login> seed(DatabaseAddress database, AccountName sample, int count)
      throws IOException {
    OffsetDateTime expires = OffsetDateTime.ofInstant(Instant.now().plus(LIFETIME), ZoneOffset.UTC);
    List<Login> logins = new ArrayList<>();
    try (Connection connection = database.connect();
        PreparedStatement accounts = connection.prepareStatement(ACCOUNT);
        PreparedStatement devices = connection.prepareStatement(DEVICE);
        PreparedStatement families = connection.prepareStatement(FAMILY);
        PreparedStatement tokens = connection.prepareStatement(TOKEN)) {
      connection.setAutoCommit(false);
      for (int i = 1; i <= count; i++) {
        Login login = new Login(SigningKey.generate(), Token.random());
        byte[] id = RandomBytes.ofLength(ID_BYTES).toArray();
        add(accounts, id, "idle" + i, random(HANDLE_BYTES), sample.value());
        add(devices, id, id, bytes(login.device().publicKey().value()));
        add(families, id, id);
        add(tokens, bytes(login.token().hash()), id, expires);
        logins.add(login);
      }
      for (PreparedStatement statement :
          new PreparedStatement[] {accounts, devices, families, tokens}) {
        statement.executeBatch();
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IOException("the logins could not be seeded", e);
    }
    return logins;
  }

  private static void add(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    statement.addBatch();
  }

  private static byte[] random(int length) {
    return bytes(RandomBytes.ofLength(length));
  }

  private static byte[] bytes(Bytes value) {
    return value.toArray();
  }
}
