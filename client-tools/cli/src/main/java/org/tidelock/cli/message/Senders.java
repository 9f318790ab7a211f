package org.tidelock.cli.message;

import java.io.IOException;
import java.util.Optional;
import org.tidelock.cli.client.Client;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.home.StoredPeople;
import org.tidelock.sdk.message.Inbox;

/**
 * Who sent a message. What is proven is the account: its name only where this home has met it; else
 * a name is the server's word.
 */
final class Senders {

  private final Client client;
  private final boolean online;

  /**
   * Looks names up.
   *
   * @param online whether the server may be asked
   */
  Senders(Client client, boolean online) {
    this.client = client;
    this.online = online;
  }

  /** The name, if it is known in any way. */
  Optional<String> name(Envelope envelope) throws IOException {
    Optional<String> met = met(envelope.sender());
    return met.isPresent() ? met : told(envelope);
  }

  /** The name and what it is worth, for people. */
  String text(Envelope envelope) throws IOException {
    Optional<String> met = met(envelope.sender());
    return met.isPresent()
        ? met.get()
        : told(envelope)
            .map(name -> name + ", as the server says")
            .orElse("account " + envelope.sender());
  }

  private Optional<String> met(AccountId account) throws IOException {
    return client.home().people().people().stream()
        .filter(person -> person.entry().account().equals(account))
        .map(StoredPeople.Person::name)
        .map(Object::toString)
        .findFirst();
  }

  /** Asked for once the message is open: that the server is away now changes nothing. */
  private Optional<String> told(Envelope envelope) throws IOException {
    if (!online) {
      return Optional.empty();
    }
    try {
      return new Inbox(client.connection(), client.home()).received(Optional.empty())
              instanceof Answer.Granted<Messages.Summaries>(Messages.Summaries newest)
          ? newest.messages().stream()
              .filter(summary -> summary.envelope().equals(envelope))
              .map(summary -> summary.senderName().value())
              .findFirst()
          : Optional.empty();
    } catch (UnreachableException e) {
      return Optional.empty();
    }
  }
}
