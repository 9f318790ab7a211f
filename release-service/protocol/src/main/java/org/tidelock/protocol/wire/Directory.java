package org.tidelock.protocol.wire;

import java.util.List;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keylog.KeyLogProof;
import org.tidelock.protocol.statement.DeviceCertificate;

/** The documents of the directory: who has which public keys. */
public final class Directory {

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
}
