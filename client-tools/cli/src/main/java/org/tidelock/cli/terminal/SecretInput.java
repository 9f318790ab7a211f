package org.tidelock.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads what must not be seen: from the terminal without echo, or a line of standard input. It is
 * given as characters that the caller wipes.
 */
public final class SecretInput {

  private static final int MAX_BYTES = 1024;

  private final Console console;

  public SecretInput(Console console) {
    this.console = console;
  }

  /** Asks on the terminal, without echo; empty where there is none, or its user ends it. */
  // JDK 25 answers null again where not both standard streams are a terminal.
  @SuppressWarnings("SystemConsoleNull")
  public Optional<char[]> ask(String question) {
    java.io.Console terminal = console.terminals().in() ? System.console() : null;
    return terminal == null
        ? Optional.empty()
        : Optional.ofNullable(terminal.readPassword("%s: ", question));
  }

  /**
   * The next line of standard input, without its end; nothing beyond it is read. Empty where the
   * input has ended.
   *
   * @throws IllegalArgumentException if it is longer than 1024 bytes or not UTF-8
   */
  public Optional<char[]> line() {
    WipedBytes bytes = new WipedBytes();
    try {
      int next = console.in().read();
      if (next < 0) {
        return Optional.empty();
      }
      while (next >= 0 && next != '\n') {
        bytes.write(next);
        if (bytes.size() > MAX_BYTES) {
          throw new IllegalArgumentException(
              "the line on standard input has more than %d bytes".formatted(MAX_BYTES));
        }
        next = console.in().read();
      }
      return Optional.of(bytes.characters());
    } catch (IOException e) {
      throw new UncheckedIOException("standard input cannot be read", e);
    } finally {
      bytes.wipe();
    }
  }

  private static final class WipedBytes extends ByteArrayOutputStream {

    WipedBytes() {
      super(MAX_BYTES + 1);
    }

    char[] characters() {
      int length = count > 0 && buf[count - 1] == '\r' ? count - 1 : count;
      try {
        CharBuffer decoded =
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buf, 0, length));
        char[] characters = new char[decoded.remaining()];
        decoded.get(characters);
        decoded.clear();
        decoded.put(new char[decoded.capacity()]);
        return characters;
      } catch (CharacterCodingException e) {
        throw new IllegalArgumentException("the line on standard input is not UTF-8", e);
      }
    }

    void wipe() {
      Arrays.fill(buf, (byte) 0);
    }
  }
}
