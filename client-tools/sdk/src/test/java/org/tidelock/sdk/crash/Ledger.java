package org.tidelock.sdk.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.protocol.wire.Messages;

/**
 * What was sent, what of it the service acknowledged, and what came, as the test itself saw it.
 * Thread-safe.
 */
final class Ledger {

  /**
   * A message that somebody set out to send.
   *
   * @param conversation by which it is known before it has an id
   */
  record Entry(Bytes conversation, Policy policy, Instant unlockAt, String content) {}

  private record Delivery(MessageId message, Mailbox.Kind kind) {}

  private final AtomicLong count = new AtomicLong();
  private final Map<Bytes, Entry> entries = new ConcurrentHashMap<>();
  private final Map<MessageId, Entry> acknowledged = new ConcurrentHashMap<>();
  private final Map<MessageId, Messages.Accepted> receipts = new ConcurrentHashMap<>();
  private final Map<Delivery, Integer> deliveries = new ConcurrentHashMap<>();
  private final Set<Delivery> earlierDeliveries = ConcurrentHashMap.newKeySet();
  private final Map<MessageId, Entry> opened = new ConcurrentHashMap<>();
  private final AtomicLong retries = new AtomicLong();

  /** Something new to be sent. */
  Entry begin(Policy policy, Instant unlockAt) {
    long number = count.incrementAndGet();
    Bytes conversation = Bytes.of(ByteBuffer.allocate(16).putLong(8, number).array());
    Entry entry = new Entry(conversation, policy, unlockAt, "message number " + number);
    entries.put(conversation, entry);
    return entry;
  }

  /** The service took it; a second time it has to say the same. */
  void acknowledged(Bytes conversation, Messages.Accepted accepted) {
    Entry entry = entries.get(conversation);
    assertThat(entry).as("acknowledged: a message that was sent").isNotNull();
    acknowledged.put(accepted.receipt().message(), entry);
    Messages.Accepted before = receipts.putIfAbsent(accepted.receipt().message(), accepted);
    if (before != null) {
      assertThat(accepted).as("%s: the receipt of a retry", entry).isEqualTo(before);
      retries.incrementAndGet();
    }
  }

  /** An item came that the client had not been handed before. */
  void delivered(Mailbox.Item item) {
    int times = deliveries.merge(new Delivery(item.message(), item.kind()), 1, Integer::sum);
    assertThat(times).as("%s: how often it came", item).isEqualTo(1);
  }

  /** A message was opened. */
  void opened(Envelope envelope, String content, Instant now) {
    Entry entry = entries.get(envelope.conversation());
    assertThat(entry).as("opened: a message that was sent").isNotNull();
    assertThat(content).isEqualTo(entry.content());
    if (entry.policy() == Policy.AT_UNLOCK) {
      assertThat(now).as("%s: when it opened", entry).isAfterOrEqualTo(entry.unlockAt());
    }
    opened.put(envelope.message(), entry);
  }

  /** The messages that were acknowledged until now. */
  Set<MessageId> acknowledged() {
    return Set.copyOf(acknowledged.keySet());
  }

  /**
   * The service was restored from a backup: it knows {@code kept}, and nothing that came after.
   * What happened after the backup may happen, and be told, once more.
   */
  void restored(Set<MessageId> kept) {
    acknowledged.keySet().retainAll(kept);
    receipts.keySet().retainAll(kept);
    earlierDeliveries.addAll(deliveries.keySet());
    deliveries.clear();
  }

  long messages() {
    return acknowledged.size();
  }

  /** How often a message that was acknowledged was sent again, and answered as the first time. */
  long retries() {
    return retries.get();
  }

  boolean isComplete() {
    return acknowledged.entrySet().stream()
        .allMatch(entry -> isDelivered(entry.getKey(), entry.getValue()));
  }

  /** Fails with the first message that was acknowledged and did not come whole. */
  void requireComplete() {
    acknowledged.forEach(
        (id, entry) ->
            assertThat(isDelivered(id, entry)).as("%s %s: came whole", id, entry).isTrue());
  }

  private boolean isDelivered(MessageId id, Entry entry) {
    return opened.containsKey(id)
        && wasTold(id, Mailbox.Kind.ARRIVED)
        && (entry.policy() != Policy.AT_UNLOCK || wasTold(id, Mailbox.Kind.RELEASED));
  }

  private boolean wasTold(MessageId id, Mailbox.Kind kind) {
    Delivery delivery = new Delivery(id, kind);
    return deliveries.containsKey(delivery) || earlierDeliveries.contains(delivery);
  }

  /** Has the database note, by its own clock, when a message's keys are handed out. */
  static void installWitness(Connection owner) throws SQLException {
    try (Statement sql = owner.createStatement()) {
      sql.execute("CREATE TABLE release_witness (message_id bytea, at timestamptz)");
      sql.execute(
          """
          CREATE FUNCTION witness_release() RETURNS trigger
          LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
          BEGIN
            INSERT INTO public.release_witness VALUES (NEW.message_id, clock_timestamp());
            RETURN NULL;
          END
          $$
          """);
      sql.execute(
          """
          CREATE TRIGGER witness_release AFTER INSERT OR UPDATE ON messages FOR EACH ROW
          WHEN (NEW.challenge_key IS NOT NULL) EXECUTE FUNCTION witness_release()
          """);
    }
  }

  /** Fails if the database saw keys handed out before the time that the sender signed. */
  void requireNothingEarly(Connection owner) throws SQLException {
    int releases = 0;
    try (Statement sql = owner.createStatement();
        var rows =
            sql.executeQuery(
                "SELECT message_id, min(at) AS at FROM release_witness GROUP BY message_id")) {
      while (rows.next()) {
        MessageId id = new MessageId(Bytes.of(rows.getBytes("message_id")));
        Instant at = rows.getTimestamp("at").toInstant();
        Entry entry = acknowledged.containsKey(id) ? acknowledged.get(id) : opened.get(id);
        if (entry != null) {
          assertThat(entry.policy()).isNotEqualTo(Policy.PUZZLE_ONLY);
          if (entry.policy() == Policy.AT_UNLOCK) {
            assertThat(at).as("%s: released", entry).isAfterOrEqualTo(entry.unlockAt());
            releases++;
          }
        }
      }
    }
    assertThat(releases).as("releases that the database saw").isPositive();
  }
}
