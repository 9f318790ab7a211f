package org.tidelock.sdk.home;

/**
 * How far a device has read its queue.
 *
 * @param lastSequence of the newest item dealt with; what comes again is dropped
 */
public record StoredInbox(long lastSequence) {

  /** Nothing was read. */
  public static final StoredInbox EMPTY = new StoredInbox(0);

  public StoredInbox {
    if (lastSequence < 0) {
      throw new IllegalArgumentException("lastSequence is %d; at least 0".formatted(lastSequence));
    }
  }
}
