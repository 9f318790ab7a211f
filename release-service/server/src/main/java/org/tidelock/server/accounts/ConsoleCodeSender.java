package org.tidelock.server.accounts;

import java.io.PrintStream;
import org.tidelock.protocol.account.Contact;

/** Prints what would be sent, for trying the service out on one machine. */
public final class ConsoleCodeSender implements CodeSender {

  private final PrintStream console;

  /** Prints to {@code console}. */
  public ConsoleCodeSender(PrintStream console) {
    this.console = console;
  }

  @Override
  public boolean reaches(Contact.Kind kind) {
    return true;
  }

  @Override
  public void send(Contact contact, String subject, String text) {
    console.printf("to %s: %s%n%s%n", contact.value(), subject, text.strip());
    console.flush();
  }
}
