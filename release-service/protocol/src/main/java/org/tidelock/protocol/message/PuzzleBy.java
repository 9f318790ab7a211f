package org.tidelock.protocol.message;

/** Who makes a message's puzzle, and so whom one trusts that it hides the right key. */
public enum PuzzleBy {
  /** The server, which knows the challenge key while it makes the puzzle. */
  SERVER("server"),
  /** The sender: no server can open the message early, or spoil it. */
  SENDER("sender"),
  /** Nobody: an immediate message has none. */
  NOBODY("nobody");

  private final String text;

  PuzzleBy(String text) {
    this.text = text;
  }

  /** How it is written on the wire. */
  public String text() {
    return text;
  }
}
