package org.tidelock.engine.lockfile;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import org.tidelock.engine.lockfile.LockFileFormatException.Kind;

/**
 * The bytes of an armored age file: strict PEM (RFC 7468), 64 columns, ended by LF or CRLF, with
 * white space allowed before and after. Breaches are {@link ArmorException}s. Memory is constant.
 * Not thread-safe.
 */
final class ArmorInputStream extends InputStream {

  static final String BEGIN = "-----BEGIN AGE ENCRYPTED FILE-----";

  private static final String END = "-----END AGE ENCRYPTED FILE-----";
  private static final int COLUMNS = 64;

  private final InputStream text;
  private byte[] decoded = new byte[0];
  private int position;
  private boolean lastLine;
  private boolean ended;

  /** Reads behind the line {@link #BEGIN}, which has been read already. */
  ArmorInputStream(InputStream text) {
    this.text = text;
  }

  /** A breach of the armor's rules. */
  static final class ArmorException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String reason;

    ArmorException(Kind kind, String reason) {
      super(reason);
      this.kind = kind;
      this.reason = reason;
    }

    LockFileFormatException toFormatException() {
      return new LockFileFormatException(kind, reason, this);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = 0;
    while (count < length && fill()) {
      int part = Math.min(length - count, decoded.length - position);
      System.arraycopy(decoded, position, target, offset + count, part);
      position += part;
      count += part;
    }
    return count == 0 ? -1 : count;
  }

  /** Decodes lines until there are bytes, or the end. */
  private boolean fill() throws IOException {
    while (position == decoded.length && !ended) {
      String line = line();
      if (line.equals(END)) {
        requireOnlyWhiteSpace();
        ended = true;
      } else if (lastLine) {
        throw new ArmorException(
            Kind.MALFORMED, "malformed armor: a line after the short last one");
      } else {
        decode(line);
      }
    }
    return position < decoded.length;
  }

  private void decode(String line) throws ArmorException {
    try {
      byte[] bytes = Base64.getDecoder().decode(line);
      if (line.isEmpty() || !Base64.getEncoder().encodeToString(bytes).equals(line)) {
        throw new ArmorException(Kind.MALFORMED, "malformed armor: a line is not canonical base64");
      }
      decoded = bytes;
      position = 0;
      lastLine = line.length() < COLUMNS || line.endsWith("=");
    } catch (IllegalArgumentException e) {
      throw new ArmorException(Kind.MALFORMED, "malformed armor: a line is not canonical base64");
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(COLUMNS);
    while (true) {
      int read = text.read();
      if (read < 0 && !line.toString().equals(END)) {
        throw new ArmorException(Kind.TRUNCATED, "armor ends before its last line");
      }
      if (read < 0 || read == '\n') {
        return withoutReturn(line);
      }
      if (line.length() > COLUMNS) {
        throw new ArmorException(
            Kind.MALFORMED, "malformed armor: a line of more than 64 characters");
      }
      line.append((char) read);
    }
  }

  private static String withoutReturn(StringBuilder line) {
    int last = line.length() - 1;
    if (last >= 0 && line.charAt(last) == '\r') {
      line.setLength(last);
    }
    return line.toString();
  }

  private void requireOnlyWhiteSpace() throws IOException {
    for (int read = text.read(); read >= 0; read = text.read()) {
      if (!Character.isWhitespace(read)) {
        throw new ArmorException(Kind.MALFORMED, "malformed armor: text after its last line");
      }
    }
  }
}
