package org.tidelock.engine.lockfile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.tidelock.engine.lockfile.LockFileFormatException.Kind;

/**
 * The bytes of an armored age file: strict PEM (RFC 7468), 64 columns, ended by LF or CRLF, with
 * white space allowed before and after. Breaches are {@link ArmorException}s. Memory is constant.
 * Not thread-safe.
 */
final class ArmorInputStream extends InputStream {

  static final String BEGIN = "-----BEGIN AGE ENCRYPTED FILE-----";

  private static final byte[] END =
      "-----END AGE ENCRYPTED FILE-----".getBytes(StandardCharsets.US_ASCII);
  private static final int COLUMNS = 64;

  private final InputStream text;
  private final byte[] buffer = new byte[1 << 13];
  private int bufferPosition;
  private int bufferEnd;

  /** A line and a carriage return. */
  private final byte[] line = new byte[COLUMNS + 1];

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
      int columns = readLine();
      if (isEnd(columns)) {
        requireOnlyWhiteSpace();
        ended = true;
      } else if (lastLine) {
        throw new ArmorException(
            Kind.MALFORMED, "malformed armor: a line after the short last one");
      } else {
        decode(Arrays.copyOf(line, columns));
      }
    }
    return position < decoded.length;
  }

  private void decode(byte[] base64) throws ArmorException {
    try {
      decoded = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw notBase64();
    }
    position = 0;
    lastLine = base64.length < COLUMNS || base64[COLUMNS - 1] == '=';
    // Only the last line can hold padding or bits to spare, and so be written in two ways.
    if (base64.length == 0
        || (lastLine && !Arrays.equals(Base64.getEncoder().encode(decoded), base64))) {
      throw notBase64();
    }
  }

  /** Reads a line without its end into {@link #line} and returns its length. */
  private int readLine() throws IOException {
    int columns = 0;
    while (true) {
      int read = next();
      if (read < 0 && !isEnd(columns)) {
        throw new ArmorException(Kind.TRUNCATED, "armor ends before its last line");
      }
      if (read < 0 || read == '\n') {
        return columns > 0 && line[columns - 1] == '\r' ? columns - 1 : columns;
      }
      if (columns == line.length) {
        throw new ArmorException(
            Kind.MALFORMED, "malformed armor: a line of more than 64 characters");
      }
      line[columns++] = (byte) read;
    }
  }

  private boolean isEnd(int columns) {
    return columns == END.length && Arrays.equals(line, 0, columns, END, 0, columns);
  }

  private void requireOnlyWhiteSpace() throws IOException {
    for (int read = next(); read >= 0; read = next()) {
      if (!Character.isWhitespace(read)) {
        throw new ArmorException(Kind.MALFORMED, "malformed armor: text after its last line");
      }
    }
  }

  /** The next byte of the text, or -1. Cheap, unlike reading bytes from the stream one by one. */
  private int next() throws IOException {
    if (bufferPosition == bufferEnd) {
      bufferEnd = Math.max(0, text.read(buffer, 0, buffer.length));
      bufferPosition = 0;
    }
    return bufferPosition == bufferEnd ? -1 : buffer[bufferPosition++] & 0xff;
  }

  private static ArmorException notBase64() {
    return new ArmorException(Kind.MALFORMED, "malformed armor: a line is not canonical base64");
  }
}
