package org.tidelock.engine.lockfile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.tidelock.engine.lockfile.LockFileFormatException.Kind;
import org.tidelock.engine.puzzle.Bytes;

/**
 * The header of an age v1 file, up to and including the line that authenticates it, which takes the
 * file key to check (C2SP, age-encryption.org/v1).
 *
 * @param stanzas in their order
 * @param encoded the header's bytes as they stood in the file
 */
record AgeHeader(List<AgeStanza> stanzas, Bytes encoded) {

  /** Below the 65,552 bytes that the payload's reader looks for a header and a nonce in. */
  static final int MAX_BYTES = 65_000;

  private static final String VERSION = "age-encryption.org/v1";
  private static final int BODY_COLUMNS = 64;
  private static final int MAC_BYTES = 32;

  AgeHeader {
    stanzas = List.copyOf(stanzas);
  }

  /**
   * Reads a header and not a byte more.
   *
   * @throws LockFileFormatException if there is none, or it breaks the format's rules
   */
  static AgeHeader read(InputStream in) throws IOException, LockFileFormatException {
    Lines lines = new Lines(in);
    lines.version();
    List<AgeStanza> stanzas = new ArrayList<>();
    String line = lines.next();
    while (line.startsWith("-> ")) {
      List<String> words = words(line.substring(3));
      stanzas.add(new AgeStanza(words.getFirst(), words.subList(1, words.size()), body(lines)));
      line = lines.next();
    }
    if (!line.startsWith("--- ") || decoded(line.substring(4)).length != MAC_BYTES) {
      throw malformed("neither a stanza nor the authentication code stands where one is due");
    }
    if (stanzas.isEmpty()) {
      throw malformed("no stanza; at least one required");
    }
    return new AgeHeader(stanzas, Bytes.of(lines.taken.toByteArray()));
  }

  private static List<String> words(String line) throws LockFileFormatException {
    List<String> words = List.of(line.split(" ", -1));
    for (String word : words) {
      if (word.isEmpty() || !word.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw malformed("a stanza's words must be printable and separated by single blanks");
      }
    }
    return words;
  }

  private static Bytes body(Lines lines) throws IOException, LockFileFormatException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String line = lines.next();
      if (line.length() > BODY_COLUMNS) {
        throw malformed("a line of a stanza's body has more than 64 characters");
      }
      body.writeBytes(decoded(line));
      if (line.length() < BODY_COLUMNS) {
        return Bytes.of(body.toByteArray());
      }
    }
  }

  /** Base64 without padding, in its one canonical form. */
  private static byte[] decoded(String text) throws LockFileFormatException {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (Base64.getEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException notBase64) {
      // Falls through to the one message for both.
    }
    throw malformed("a line is not canonical base64");
  }

  private static LockFileFormatException malformed(String what) {
    return new LockFileFormatException(Kind.MALFORMED, "malformed age header: " + what);
  }

  /** Takes lines from a stream, keeping every byte taken, up to the limit. */
  private static final class Lines {

    final ByteArrayOutputStream taken = new ByteArrayOutputStream(2048);
    private final InputStream in;

    Lines(InputStream in) {
      this.in = in;
    }

    /** The first line. Its bytes are compared one by one, so that other files are told at once. */
    void version() throws IOException, LockFileFormatException {
      byte[] expected = (VERSION + "\n").getBytes(StandardCharsets.US_ASCII);
      byte[] found = in.readNBytes(expected.length);
      if (found.length == 0) {
        throw new LockFileFormatException(Kind.NOT_AGE, "empty; a lock file required");
      }
      int same = Arrays.mismatch(expected, found);
      if (same == found.length) {
        throw new LockFileFormatException(Kind.TRUNCATED, "ends within its first line");
      }
      if (same >= 0) {
        throw new LockFileFormatException(
            Kind.NOT_AGE,
            same > VERSION.lastIndexOf('/')
                ? "an age file of another version than v1"
                : "not a lock file: it does not begin with " + VERSION);
      }
      taken.writeBytes(found);
    }

    String next() throws IOException, LockFileFormatException {
      StringBuilder line = new StringBuilder();
      while (true) {
        int read = in.read();
        if (read < 0) {
          throw new LockFileFormatException(Kind.TRUNCATED, "ends within its header");
        }
        if (taken.size() >= MAX_BYTES) {
          throw new LockFileFormatException(
              Kind.HEADER_TOO_LONG, "header has more than %d bytes".formatted(MAX_BYTES));
        }
        taken.write(read);
        if (read == '\n') {
          return line.toString();
        }
        line.append((char) read);
      }
    }
  }
}
