package org.tidelock.server.messages;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.kek.Kek;
import org.tidelock.service.kek.SealedRows;

/**
 * Seals the row keys of messages again, for a rotation of the KEK. What they lock stays behind the
 * gate, untouched and unread; a message that is being released meanwhile is waited for.
 */
public final class ResealMessages implements SealedRows {

  private static final Logger log = LoggerFactory.getLogger(ResealMessages.class);

  private final MessageStore messages = new MessageStore();
  private final SecretsAtRest secrets;

  /** Seals again what {@code secrets} sealed. */
  public ResealMessages(SecretsAtRest secrets) {
    this.secrets = secrets;
  }

  @Override
  public String table() {
    return "messages";
  }

  @Override
  public Batch reseal(Transaction transaction, Kek kek, Bytes after, int limit) {
    List<StoredMessage> rows = messages.lockSealedByOthersThan(transaction, kek.id(), after, limit);
    int damaged = 0;
    for (StoredMessage row : rows) {
      Optional<SecretsAtRest.SealedKey> again =
          secrets.sealAgain(row.sealedKey().orElseThrow(), row.binding(), kek, row.binding());
      if (again.isPresent()) {
        messages.reseal(transaction, row.id(), again.get());
      } else {
        log.error("message {} was altered: its row key does not open", row.id());
        damaged++;
      }
    }
    return new Batch(rows.size(), damaged, rows.isEmpty() ? after : rows.getLast().id().value());
  }
}
