package org.tidelock.protocol.keys;

import org.tidelock.protocol.suite.SecretBytes;

/** What came of opening a wrapped record. */
public sealed interface Unwrapping {

  /**
   * The secret: it is the one that was wrapped for exactly what was expected.
   *
   * @param secret 32 bytes; the caller closes it
   */
  record Unwrapped(SecretBytes secret) implements Unwrapping {}

  /** The wrapping key is another: a wrong password or recovery key, or a record of another. */
  record WrongKey() implements Unwrapping {}

  /** The key is right, and the record was altered after it was wrapped. */
  record Altered() implements Unwrapping {}

  /**
   * The record is older than what was expected: the server gave an old one back.
   *
   * @param found the record's version
   * @param expected the version that was expected
   */
  record RolledBack(long found, long expected) implements Unwrapping {}

  /**
   * The record is another one than was asked for.
   *
   * @param reason the field that differs, what it is, and what was expected; fit to be shown
   */
  record Mixed(String reason) implements Unwrapping {}
}
