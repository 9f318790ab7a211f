package org.tidelock.server.messages;

import java.time.Duration;

/**
 * How much one account may store, and for how long ahead.
 *
 * @param payloadBytes the longest encrypted content of one message
 * @param messages how many messages an account has under way or kept
 * @param bytes how long their contents are together, uploads not yet taken included
 */
public record MessageLimits(long payloadBytes, long messages, long bytes) {

  /** The latest unlock time, from now: a hundred years. */
  static final Duration HORIZON = Duration.ofDays(36_525);

  /** How much a client's clock may differ from the server's. */
  static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
}
