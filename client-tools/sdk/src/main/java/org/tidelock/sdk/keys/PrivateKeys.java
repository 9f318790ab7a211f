package org.tidelock.sdk.keys;

import java.util.List;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.sdk.home.StoredIdentity;

/**
 * An account's private keys, unwrapped. Prints nothing of them.
 *
 * @param signingSeed of the newest generation
 * @param encryptionKey of the newest generation
 * @param older encryption keys of earlier generations, which old messages are sealed to
 */
public record PrivateKeys(
    Bytes signingSeed, Bytes encryptionKey, List<StoredIdentity.OldKey> older) {

  public PrivateKeys {
    older = List.copyOf(older);
  }

  @Override
  public String toString() {
    return "private keys";
  }
}
