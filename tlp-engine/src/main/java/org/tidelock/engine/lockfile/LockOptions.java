package org.tidelock.engine.lockfile;

import java.util.List;

/**
 * How a file is to be locked.
 *
 * @param squarings how much work opening takes, at least 1
 * @param recipients who can read it when the time has come, at most 256; nobody means everybody
 * @param armored whether to write printable text instead of bytes
 */
public record LockOptions(long squarings, List<Recipient> recipients, boolean armored) {

  private static final int MAX_RECIPIENTS = 256;

  public LockOptions {
    if (squarings < 1) {
      throw new IllegalArgumentException("%d squarings; at least 1 required".formatted(squarings));
    }
    recipients = List.copyOf(recipients);
    if (recipients.size() > MAX_RECIPIENTS) {
      throw new IllegalArgumentException(
          "%d recipients; at most %d allowed".formatted(recipients.size(), MAX_RECIPIENTS));
    }
  }
}
