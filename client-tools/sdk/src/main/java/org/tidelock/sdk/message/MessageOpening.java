package org.tidelock.sdk.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.message.MessageKey;
import org.tidelock.protocol.message.MessagePayload;
import org.tidelock.protocol.message.OpeningChecks;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.home.StoredIdentity;

/** The last steps of every opening: the three checks, the owner's private key, the content. */
final class MessageOpening {

  private final Messages.Sealed sealed;
  private final boolean confirmed;
  private final StoredIdentity identity;

  /**
   * An opening of a message that was checked.
   *
   * @param confirmed whether the sender confirmed the receipt
   */
  MessageOpening(Messages.Sealed sealed, boolean confirmed, StoredIdentity identity) {
    this.sealed = sealed;
    this.confirmed = confirmed;
    this.identity = identity;
  }

  /** Why the owner of this home can never open it, if that is so. */
  Optional<String> obstacle() {
    Envelope envelope = sealed.envelope();
    if (!envelope.recipient().equals(identity.entry().account())) {
      return Optional.of("the message is for another account");
    }
    if (identity.hasEncryptionKey(envelope.recipientGeneration())) {
      return Optional.empty();
    }
    return Optional.of(
        "the message is sealed to keys of generation %d, which this device does not have (it has"
                .formatted(envelope.recipientGeneration())
            + " generation %d); log in again to fetch them"
                .formatted(identity.entry().generation()));
  }

  /** Opens with what the server released. */
  ReadOutcome released(Messages.Opening opening, InputStream content, OutputStream out)
      throws IOException {
    return open(
        keys ->
            checks()
                .released(
                    SecretBytes.takeOver(opening.challengeKey().toArray()),
                    opening.encryptedKey(),
                    keys),
        content,
        out);
  }

  /** Opens with what the puzzle hid. */
  ReadOutcome solved(SecretBytes challengeKey, InputStream content, OutputStream out)
      throws IOException {
    return open(keys -> checks().solved(challengeKey, keys), content, out);
  }

  private OpeningChecks checks() {
    return new OpeningChecks(sealed.envelope(), sealed.receipt(), sealed.doubleEncrypted());
  }

  private List<EncryptionKey> keys() {
    return identity.privateEncryptionKeys(sealed.envelope().recipientGeneration());
  }

  private ReadOutcome open(
      Function<List<EncryptionKey>, OpeningChecks.Outcome> check,
      InputStream content,
      OutputStream out)
      throws IOException {
    List<EncryptionKey> keys = keys();
    OpeningChecks.Outcome outcome;
    try {
      outcome = check.apply(keys);
    } finally {
      keys.forEach(EncryptionKey::close);
    }
    return switch (outcome) {
      case OpeningChecks.Outcome.Refused(OpeningChecks.Fault fault) ->
          new ReadOutcome.Refused(fault.text());
      case OpeningChecks.Outcome.Opened(MessageKey key) -> {
        try (key) {
          yield switch (MessagePayload.open(key, sealed.envelope(), content, out)) {
            case MessagePayload.Outcome.Opened(long bytes) ->
                new ReadOutcome.Opened(sealed.envelope(), confirmed, bytes);
            case MessagePayload.Outcome.Damaged(String reason) -> new ReadOutcome.Refused(reason);
          };
        }
      }
    };
  }
}
