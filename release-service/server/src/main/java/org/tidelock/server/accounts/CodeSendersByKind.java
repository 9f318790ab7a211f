package org.tidelock.server.accounts;

import java.util.List;
import org.tidelock.protocol.account.Contact;

/** Several senders, each for the contacts it reaches; the first that does is taken. */
public final class CodeSendersByKind implements CodeSender {

  private final List<CodeSender> senders;

  /** Puts senders together. */
  public CodeSendersByKind(List<CodeSender> senders) {
    this.senders = List.copyOf(senders);
  }

  @Override
  public boolean reaches(Contact.Kind kind) {
    return senders.stream().anyMatch(sender -> sender.reaches(kind));
  }

  @Override
  public void send(Contact contact, String subject, String text) {
    senders.stream()
        .filter(sender -> sender.reaches(contact.kind()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nothing reaches this kind of contact"))
        .send(contact, subject, text);
  }
}
