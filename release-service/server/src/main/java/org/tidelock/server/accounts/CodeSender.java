package org.tidelock.server.accounts;

import org.tidelock.protocol.account.Contact;

/** Carries a text to a contact: where the service ends and mail or telephones begin. */
public interface CodeSender {

  /** Whether contacts of this kind can be reached. */
  boolean reaches(Contact.Kind kind);

  /**
   * Sends in the background. Whether it arrives is not known; who waits in vain registers again.
   */
  void send(Contact contact, String subject, String text);
}
