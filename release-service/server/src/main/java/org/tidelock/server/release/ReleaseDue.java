package org.tidelock.server.release;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.server.mailbox.Mailboxes;
import org.tidelock.server.mailbox.Mailboxes.Told;
import org.tidelock.server.messages.MessageStore;
import org.tidelock.server.messages.MessageStore.Due;
import org.tidelock.server.messages.SecretsAtRest;
import org.tidelock.server.messages.SecretsAtRest.Secrets;
import org.tidelock.server.messages.StoredMessage;
import org.tidelock.service.db.Database;
import org.tidelock.service.db.Transaction;

/**
 * Releases what is due, in batches, on every node at once: each takes rows that no other has
 * locked. A row that is released is gone from behind the gate, so that running twice releases
 * nothing twice.
 */
public final class ReleaseDue {

  private static final Logger log = LoggerFactory.getLogger(ReleaseDue.class);

  private static final int BATCH = 100;

  private final Database database;
  private final ClockGuard guard;
  private final MessageStore messages;
  private final SecretsAtRest secrets;
  private final Mailboxes mailboxes;
  private final NoticeStore notices;
  private final Counter released;
  private final Counter damaged;
  private final AtomicBoolean busy = new AtomicBoolean();

  ReleaseDue(
      Database database,
      ClockGuard guard,
      MessageStore messages,
      SecretsAtRest secrets,
      Mailboxes mailboxes,
      NoticeStore notices,
      MeterRegistry metrics) {
    this.database = database;
    this.guard = guard;
    this.messages = messages;
    this.secrets = secrets;
    this.mailboxes = mailboxes;
    this.notices = notices;
    this.released = metrics.counter("tidelock.messages.released");
    this.damaged = metrics.counter("tidelock.messages.damaged");
  }

  /** Releases everything that is due now; does nothing if this node is at it already. */
  public void run() {
    if (!busy.compareAndSet(false, true)) {
      return;
    }
    try {
      int size = BATCH;
      while (size == BATCH) {
        Optional<Instant> time = guard.checkedTime();
        size =
            time.map(now -> database.inTransaction(transaction -> batch(transaction, now)))
                .orElse(0);
      }
    } catch (RuntimeException e) {
      log.warn("a batch of releases failed, and is tried again", e);
    } finally {
      busy.set(false);
    }
  }

  private int batch(Transaction transaction, Instant time) {
    Instant now = time.truncatedTo(ChronoUnit.MILLIS);
    List<Due> due = messages.due(transaction, now, BATCH);
    if (due.isEmpty()) {
      return 0;
    }
    Map<MessageId, StoredMessage> found = messages.dueMessages(transaction, due);
    Map<MessageId, Messages.Opening> openings = new LinkedHashMap<>();
    List<Told> told = new ArrayList<>();
    for (Due row : due) {
      StoredMessage message = found.get(row.message());
      if (message != null) {
        Optional<Messages.Opening> opening = open(row, message, now);
        if (opening.isPresent()) {
          openings.put(message.id(), opening.get());
          told.add(new Told(message.envelope().recipient(), message.id()));
        } else {
          damaged.increment();
          log.error("message {} is not released: its row was altered", message.id());
          messages.markDamaged(transaction, message.id());
        }
      }
    }
    if (!openings.isEmpty()) {
      messages.release(transaction, openings, now);
      mailboxes.enqueue(transaction, told, Mailbox.Kind.RELEASED, now);
      notices.enqueue(transaction, told, now);
      released.increment(openings.size());
    }
    return due.size();
  }

  private Optional<Messages.Opening> open(Due due, StoredMessage message, Instant now) {
    if (message.releaseAt().isAfter(now)) {
      return Optional.empty();
    }
    return message
        .sealedKey()
        .flatMap(
            key ->
                secrets.open(
                    message.bindingAfter(due.decisions()),
                    new SecretsAtRest.Row(key, due.sealed())))
        .filter(opened -> isWhatWasPromised(message, opened))
        .map(
            opened -> {
              try (var challengeKey = opened.challengeKey()) {
                return new Messages.Opening(
                    Bytes.of(challengeKey.revealCopy()), opened.encryptedKey(), now);
              }
            });
  }

  private static boolean isWhatWasPromised(StoredMessage message, Secrets opened) {
    return opened
            .challengeKey()
            .commitment(message.id())
            .equals(message.receipt().challengeCommitment())
        && Sha256.of(opened.encryptedKey()).equals(message.envelope().encryptedKeyHash());
  }
}
