package org.tidelock.protocol.channel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tidelock.engine.puzzle.Bytes;

/** Integers and strings as RFC 9292 and RFC 9458 write them, read one after another. */
final class Octets {

  private final byte[] bytes;
  private final int end;
  private int position;

  private Octets(byte[] bytes, int position, int end) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  static Octets of(byte[] bytes) {
    return new Octets(bytes, 0, bytes.length);
  }

  boolean hasMore() {
    return position < end;
  }

  /** An integer of a fixed number of bytes, big-endian. */
  int fixed(int length) throws MalformedChannelException {
    require(length);
    int value = 0;
    for (int i = 0; i < length; i++) {
      value = (value << 8) | (bytes[position++] & 0xff);
    }
    return value;
  }

  /** An integer whose length its first two bits say (RFC 9000, section 16). */
  long variable() throws MalformedChannelException {
    require(1);
    int length = 1 << ((bytes[position] & 0xff) >> 6);
    require(length);
    long value = bytes[position++] & 0x3f;
    for (int i = 1; i < length; i++) {
      value = (value << 8) | (bytes[position++] & 0xff);
    }
    return value;
  }

  /** A string of so many bytes. */
  byte[] take(long length) throws MalformedChannelException {
    require(length);
    byte[] taken = Arrays.copyOfRange(bytes, position, position + (int) length);
    position += (int) length;
    return taken;
  }

  /** A part with its length before it, to be read by itself. */
  Octets part() throws MalformedChannelException {
    long length = variable();
    require(length);
    Octets part = new Octets(bytes, position, position + (int) length);
    position += (int) length;
    return part;
  }

  /** A text of ASCII characters that can be seen, and spaces, with its length before it. */
  String text() throws MalformedChannelException {
    byte[] text = take(variable());
    for (byte character : text) {
      if (character < ' ' || character == 0x7f) {
        throw new MalformedChannelException("a text holds a character that none may");
      }
    }
    return new String(text, StandardCharsets.US_ASCII);
  }

  byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, position, end);
    position = end;
    return rest;
  }

  private void require(long length) throws MalformedChannelException {
    if (length > end - position) {
      throw new MalformedChannelException("the message ends too early");
    }
  }

  /** Writes what {@link Octets} reads. */
  static final class Writer {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Writer fixed(int value, int length) {
      for (int i = length - 1; i >= 0; i--) {
        out.write(value >> (8 * i));
      }
      return this;
    }

    Writer variable(long value) {
      int length = value < 1L << 6 ? 0 : value < 1L << 14 ? 1 : value < 1L << 30 ? 2 : 3;
      int bytes = 1 << length;
      for (int i = bytes - 1; i >= 0; i--) {
        long octet = value >> (8 * i);
        out.write((int) (i == bytes - 1 ? octet | ((long) length << 6) : octet));
      }
      return this;
    }

    Writer raw(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    Writer raw(Bytes bytes) {
      return raw(bytes.toArray());
    }

    Writer part(byte[] bytes) {
      return variable(bytes.length).raw(bytes);
    }

    Writer text(String text) {
      return part(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Zeros up to a multiple of {@code block}. */
    Writer padded(int block) {
      while (out.size() % block != 0) {
        out.write(0);
      }
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
