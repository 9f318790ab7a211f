package org.tidelock.protocol.message;

/** How a message is opened. */
public enum Policy {
  /** The server releases the key at the unlock time; whoever solves the puzzle needs no server. */
  AT_UNLOCK("at-unlock"),
  /** By solving alone: the server keeps nothing that opens the message. */
  PUZZLE_ONLY("puzzle-only"),
  /** At once: there is no unlock time and no puzzle. */
  IMMEDIATE("immediate");

  private final String text;

  Policy(String text) {
    this.text = text;
  }

  /** How it is written on the wire. */
  public String text() {
    return text;
  }
}
