package org.tidelock.cli.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output where it is a terminal: refuses bytes that are not text before the first of a
 * write is printed, since they could give the terminal orders.
 */
public final class TerminalOutput extends FilterOutputStream {

  /** What was to be printed is not text. */
  public static final class NotTextException extends IOException {
    private static final long serialVersionUID = 1L;

    NotTextException() {
      super("not printable text");
    }
  }

  /** How control characters of two bytes begin in UTF-8: U+0080 to U+009F. */
  private static final int C1_LEAD = 0xc2;

  private int before;

  public TerminalOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int value) throws IOException {
    requireText(value);
    out.write(value);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      requireText(bytes[i]);
    }
    out.write(bytes, offset, length);
  }

  /**
   * Tabs and line ends pass, other control characters do not, those of two bytes included; what
   * else is beyond ASCII is the terminal's.
   */
  private void requireText(int value) throws NotTextException {
    int octet = value & 0xff;
    boolean twoBytes = before == C1_LEAD && octet >= 0x80 && octet <= 0x9f;
    boolean control = octet < ' ' || octet == 0x7f || twoBytes;
    before = octet;
    if (control && octet != '\n' && octet != '\r' && octet != '\t') {
      throw new NotTextException();
    }
  }
}
