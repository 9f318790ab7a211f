package org.tidelock.protocol.wire;

import java.util.List;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keylog.KeyLogProof;
import org.tidelock.protocol.statement.DeviceCertificate;

/** The documents of the directory: who has which public keys. */
public final class Directory {

  /** How many contacts are asked about at once at most. */
  public static final int MAX_RECIPIENTS = 100;

  private static final int MAX_DEVICES = 64;
  private static final int MAX_ENTRIES = 256;

  private Directory() {}

  /**
   * An account's public keys.
   *
   * @param entry the newest
   * @param proof that it stands in the key log
   * @param devices the account's devices, certified by that entry's signing key; at most 64
   */
  public record Person(
      AccountId account,
      AccountName name,
      KeyLogEntry entry,
      KeyLogProof proof,
      List<DeviceCertificate> devices) {

    public Person {
      devices = Checks.atMost("devices", devices, MAX_DEVICES);
    }
  }

  /** An entry and its proof. */
  public record Logged(KeyLogEntry entry, KeyLogProof proof) {}

  /** Entries of one account, oldest first; at most 256. */
  public record Log(List<Logged> entries) {

    public Log {
      entries = Checks.atMost("entries", entries, MAX_ENTRIES);
    }
  }

  /** Asks which contacts have an account; at least 1 and at most 100. */
  public record Recipients(List<Contact> contacts) {

    public Recipients {
      contacts = Checks.atMost("contacts", contacts, MAX_RECIPIENTS);
      Checks.atLeastOne("number of contacts", contacts.size());
    }
  }

  /** For each contact asked about, in order, whether it has an account. */
  public record Registered(List<Boolean> registered) {

    public Registered {
      registered = Checks.atMost("registered", registered, MAX_RECIPIENTS);
    }
  }
}
