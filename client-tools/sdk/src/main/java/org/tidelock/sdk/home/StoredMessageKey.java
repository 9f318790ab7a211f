package org.tidelock.sdk.home;

import org.tidelock.engine.puzzle.Bytes;

/** The key of a message that waits in the outbox. Prints nothing of it. */
record StoredMessageKey(Bytes key) {

  @Override
  public String toString() {
    return "key of a message";
  }
}
