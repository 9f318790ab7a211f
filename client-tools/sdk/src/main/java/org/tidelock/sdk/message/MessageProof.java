package org.tidelock.sdk.message;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.message.EventLog;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.ServerPin;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredPeople;

/**
 * Everything about a closed message that can be checked: the sender's keys stand in the key log and
 * are not others than were seen before, they signed the envelope and every event, the server signed
 * the receipt, and the puzzle is the one in it. Needs no server.
 */
final class MessageProof {

  private final ServerPin pin;
  private final ClientHome home;

  MessageProof(ServerPin pin, ClientHome home) {
    this.pin = pin;
    this.home = home;
  }

  /**
   * Checks.
   *
   * @return whether the sender confirmed the receipt; else it is asserted by the server alone
   * @throws LyingServerException with what does not hold
   */
  boolean check(Messages.Sealed sealed) throws IOException {
    Envelope envelope = sealed.envelope();
    KeyLogEntry sender = sealed.senderEntry();
    require(envelope.server().equals(pin.info().server()), "the message is of another server");
    require(
        sender.account().equals(envelope.sender())
            && sender.generation() == envelope.senderGeneration(),
        "the keys shown are not the sender's of that generation");
    require(
        sealed.senderProof().proves(sender, pin.info().server(), pin.info().signingKey()),
        "the server does not prove that the sender's keys stand in its log");
    requireKnown(sender);
    require(
        envelope.isSigned(sender.signingKey(), sealed.signature()),
        "the envelope is not signed by its sender");
    List<KeyLogEntry> keys = keysOf(sender);
    Optional<EventLog.Fault> fault =
        new EventLog(sealed.events()).fault(envelope, generation -> key(keys, generation));
    require(fault.isEmpty(), fault.map(EventLog.Fault::text).orElse(""));
    Bytes puzzle = sealed.puzzle().stream().findFirst().orElse(ReceiptCheck.NO_PUZZLE);
    new ReceiptCheck(pin.info().signingKey()).requireOf(envelope, sealed.receipt(), puzzle);
    return sealed.countersignature().stream()
        .anyMatch(
            countersignature ->
                sealed.receipt().isCountersigned(sender.signingKey(), countersignature));
  }

  /** Whoever was met keeps the keys that were seen. */
  private void requireKnown(KeyLogEntry sender) throws IOException {
    for (StoredPeople.Person person : home.people().people()) {
      KeyLogEntry known = person.entry();
      require(
          !known.account().equals(sender.account())
              || known.generation() != sender.generation()
              || known.equals(sender),
          "the server shows other keys of %s than it did before".formatted(person.name()));
    }
  }

  private List<KeyLogEntry> keysOf(KeyLogEntry sender) throws IOException {
    List<KeyLogEntry> keys = new ArrayList<>(List.of(sender));
    home.people().people().stream()
        .map(StoredPeople.Person::entry)
        .filter(entry -> entry.account().equals(sender.account()))
        .forEach(keys::add);
    return keys;
  }

  private static Optional<SigningPublicKey> key(List<KeyLogEntry> keys, long generation) {
    return keys.stream()
        .filter(entry -> entry.generation() == generation)
        .map(KeyLogEntry::signingKey)
        .findFirst();
  }

  private static void require(boolean holds, String otherwise) throws LyingServerException {
    if (!holds) {
      throw new LyingServerException(otherwise);
    }
  }
}
