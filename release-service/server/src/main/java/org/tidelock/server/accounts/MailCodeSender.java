package org.tidelock.server.accounts;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.protocol.account.Contact;

/** Sends mail through an SMTP server. */
public final class MailCodeSender implements CodeSender {

  private static final Logger log = LoggerFactory.getLogger(MailCodeSender.class);

  private final Context eventLoop;
  private final MailClient client;
  private final String from;

  /**
   * Sends through the server that {@code config} names. Called from a thread that is none of
   * Vert.x's.
   *
   * @param from the sender's address
   */
  public MailCodeSender(Vertx vertx, MailConfig config, String from) {
    // The client's connections belong to the context that asks for them, and outlive a request.
    this.eventLoop = vertx.getOrCreateContext();
    this.client = MailClient.create(vertx, config);
    this.from = from;
  }

  @Override
  public boolean reaches(Contact.Kind kind) {
    return kind == Contact.Kind.MAIL;
  }

  @Override
  public void send(Contact contact, String subject, String text) {
    MailMessage message =
        new MailMessage().setFrom(from).setTo(contact.value()).setSubject(subject).setText(text);
    // The address is in no log: that the SMTP server refused is what an operator can act upon.
    eventLoop.runOnContext(
        none ->
            client
                .sendMail(message)
                .onFailure(
                    failure ->
                        log.warn("a mail was not sent: {}", failure.getClass().getSimpleName())));
  }
}
