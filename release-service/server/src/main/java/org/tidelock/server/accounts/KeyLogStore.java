package org.tidelock.server.accounts;

import static org.tidelock.service.db.Transaction.array;
import static org.tidelock.service.db.Transaction.bytes;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.service.db.Transaction;

/** The tables {@code key_log}, {@code key_log_nodes} and {@code key_log_size}. */
final class KeyLogStore {

  /** A node of the tree: which one, counted from the left, on which level above the leaves. */
  record Node(int level, long index) {}

  /**
   * An entry of one account and its place among all accounts' entries.
   *
   * @param size how many entries there were when it was read
   */
  record Leaf(long index, KeyLogEntry entry, long size) {}

  /** How many leaves there are; nobody else appends until the transaction ends. */
  long lockSize(Transaction transaction) {
    return transaction
        .one("SELECT leaves FROM key_log_size FOR UPDATE", row -> row.getLong("leaves"))
        .orElseThrow();
  }

  long size(Transaction transaction) {
    return transaction
        .one("SELECT leaves FROM key_log_size", row -> row.getLong("leaves"))
        .orElseThrow();
  }

  void setSize(Transaction transaction, long leaves) {
    transaction.update("UPDATE key_log_size SET leaves = $1", leaves);
  }

  void insert(Transaction transaction, long index, KeyLogEntry entry) {
    transaction.update(
        """
        INSERT INTO key_log (leaf_index, account_id, generation, entry) VALUES ($1, $2, $3, $4)
        """,
        index,
        entry.account().value(),
        entry.generation(),
        WireJson.write(entry));
  }

  void insertNode(Transaction transaction, Node node, Bytes hash) {
    transaction.update(
        "INSERT INTO key_log_nodes (level, node_index, hash) VALUES ($1, $2, $3)",
        node.level(),
        node.index(),
        hash);
  }

  /** The hashes of these nodes. */
  Map<Node, Bytes> nodes(Transaction transaction, List<Node> nodes) {
    return transaction
        .all(
            """
            SELECT level, node_index, hash FROM key_log_nodes
            JOIN unnest($1::int[], $2::bigint[]) AS wanted (level, node_index)
              USING (level, node_index)
            """,
            row ->
                Map.entry(
                    new Node(row.getInteger("level"), row.getLong("node_index")),
                    bytes(row, "hash")),
            nodes.stream().map(Node::level).toArray(Integer[]::new),
            nodes.stream().map(Node::index).toArray(Long[]::new))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** All entries of an account, the first generation first. */
  List<Leaf> entries(Transaction transaction, AccountId account) {
    return transaction.all(
        """
        SELECT leaf_index, entry, leaves FROM key_log CROSS JOIN key_log_size
        WHERE account_id = $1 ORDER BY generation
        """,
        KeyLogStore::leaf,
        account.value());
  }

  /** The account's entry of one generation. */
  Optional<Leaf> entry(Transaction transaction, AccountId account, long generation) {
    return transaction.one(
        """
        SELECT leaf_index, entry, leaves FROM key_log CROSS JOIN key_log_size
        WHERE account_id = $1 AND generation = $2
        """,
        KeyLogStore::leaf,
        account.value(),
        generation);
  }

  /** The newest entry of each of these accounts that is there, asked for without waiting. */
  Supplier<Map<AccountId, KeyLogEntry>> newestLater(
      Transaction transaction, List<AccountId> accounts) {
    Supplier<List<KeyLogEntry>> entries =
        transaction.allLater(
            """
            SELECT DISTINCT ON (account_id) entry FROM accounts JOIN key_log USING (account_id)
            WHERE account_id = ANY ($1) ORDER BY account_id, generation DESC
            """,
            row -> StoredJson.read(row, "entry", KeyLogEntry.class),
            (Object) array(accounts.stream().distinct().map(AccountId::value)));
    return () ->
        entries.get().stream().collect(Collectors.toMap(KeyLogEntry::account, entry -> entry));
  }

  /** The newest entry of an account that there is, asked for without waiting. */
  Supplier<Leaf> newestLater(Transaction transaction, AccountId account) {
    Supplier<Optional<Leaf>> newest =
        transaction.oneLater(
            """
            SELECT leaf_index, entry, leaves FROM key_log CROSS JOIN key_log_size
            WHERE account_id = $1 ORDER BY generation DESC LIMIT 1
            """,
            KeyLogStore::leaf,
            account.value());
    return () -> newest.get().orElseThrow();
  }

  private static Leaf leaf(Row row) {
    return new Leaf(
        row.getLong("leaf_index"),
        StoredJson.read(row, "entry", KeyLogEntry.class),
        row.getLong("leaves"));
  }
}
