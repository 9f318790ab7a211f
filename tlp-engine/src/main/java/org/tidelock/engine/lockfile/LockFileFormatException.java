package org.tidelock.engine.lockfile;

/**
 * A file that is no lock file, or a key that is no key. The message names what is wrong and is fit
 * to be shown to a user; it never holds a secret.
 */
public final class LockFileFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What is wrong, for programs. */
  public enum Kind {
    /** Not an age file at all, or one of another version. */
    NOT_AGE,
    /** Ends before its header does. */
    TRUNCATED,
    /** The header is longer than any honest one. */
    HEADER_TOO_LONG,
    /** Begins as an age file and breaks the format's rules. */
    MALFORMED,
    /** An age file that no time-lock opens. */
    NO_TIME_LOCK,
    /** The puzzle is malformed, or must not be trusted. */
    PUZZLE,
    /** A recipient or identity cannot be read. */
    KEY
  }

  private final Kind kind;

  LockFileFormatException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  LockFileFormatException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What is wrong, for programs. */
  public Kind kind() {
    return kind;
  }
}
