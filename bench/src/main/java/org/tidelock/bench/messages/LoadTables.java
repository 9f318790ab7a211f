package org.tidelock.bench.messages;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.tidelock.service.db.DatabaseAddress;

/** The tables from which pgbench's scripts pick who sends to whom, and what. */
final class LoadTables {

  /** What names of senders begin with; a number follows. */
  static final String SENDER = "sender";

  /** What names of recipients begin with; a number follows. */
  static final String RECIPIENT = "recipient";

  private LoadTables() {}

  /** Makes them, once somebody has sent a message: it becomes the sample of the others. */
  static void make(DatabaseAddress database) throws IOException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(people("load_senders", SENDER));
      statement.execute(people("load_recipients", RECIPIENT));
      // Neither compressed nor out of line: whoever inserts it again has all the work of a new one.
      statement.execute(
          """
          CREATE TABLE load_sample AS
          SELECT m.envelope, m.envelope_hash, m.signature, m.receipt, m.puzzle, m.double_encrypted,
            m.payload_bytes, m.event_head, m.sealed_key, m.kek_id, e.event, s.sealed, u.hash, p.content
          FROM messages m JOIN message_events e USING (message_id)
            JOIN gate.message_secrets s USING (message_id)
            JOIN uploads u USING (message_id) JOIN upload_parts p USING (upload_id)
          WITH NO DATA
          """);
      for (String column : new String[] {"envelope", "receipt", "puzzle", "event", "content"}) {
        statement.execute(
            "ALTER TABLE load_sample ALTER COLUMN %s SET STORAGE PLAIN".formatted(column));
      }
      statement.execute(
          """
          INSERT INTO load_sample
          SELECT m.envelope || '', m.envelope_hash, m.signature, m.receipt || '', m.puzzle || '',
            m.double_encrypted, m.payload_bytes, m.event_head, m.sealed_key, m.kek_id, e.event || '',
            s.sealed, u.hash, p.content || ''
          FROM messages m JOIN message_events e USING (message_id)
            JOIN gate.message_secrets s USING (message_id)
            JOIN uploads u USING (message_id) JOIN upload_parts p USING (upload_id)
          LIMIT 1
          """);
    } catch (SQLException e) {
      throw new IOException("the tables of pgbench's scripts could not be made", e);
    }
  }

  private static String people(String table, String kind) {
    return """
    CREATE TABLE %1$s AS
    SELECT substr(a.name, %3$d)::int AS number, a.account_id AS account, a.name,
      d.device_id AS device, d.device_key AS key, k.leaf_index AS leaf,
      (SELECT t.token_hash FROM tokens t JOIN token_families f USING (family_id)
       WHERE f.device_id = d.device_id AND t.kind = 'full') AS token
    FROM accounts a JOIN devices d USING (account_id) JOIN key_log k USING (account_id)
    WHERE a.name LIKE '%2$s%%';
    ALTER TABLE %1$s ADD PRIMARY KEY (number);
    ANALYZE %1$s;
    """
        .formatted(table, kind, kind.length() + 1);
  }
}
