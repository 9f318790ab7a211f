package org.tidelock.engine.lockfile;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.tidelock.engine.lockfile.LockFileFormatException.Kind;

/** The secret X25519 key that belongs to a {@link Recipient}. Immutable; prints nothing. */
public final class Identity {

  private static final String PREFIX = "AGE-SECRET-KEY-";

  private final RecipientStanzaReader stanzaReader;

  private Identity(RecipientStanzaReader stanzaReader) {
    this.stanzaReader = stanzaReader;
  }

  /**
   * Reads an identity file as age writes it: one {@code AGE-SECRET-KEY-1...} a line; empty lines
   * and lines that begin with # are ignored.
   *
   * @throws LockFileFormatException if a line is none, or no line is one
   */
  public static List<Identity> parseAll(String text) throws LockFileFormatException {
    List<Identity> identities = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String encoded = line.strip();
      if (!encoded.isEmpty() && !encoded.startsWith("#")) {
        identities.add(parse(encoded, number));
      }
    }
    if (identities.isEmpty()) {
      throw new LockFileFormatException(
          Kind.KEY, "no identity; at least one AGE-SECRET-KEY-1... required");
    }
    return List.copyOf(identities);
  }

  /** Whether a text is meant to be a secret key, and so must not be repeated in a message. */
  public static boolean looksSecret(String text) {
    return text.strip().regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  RecipientStanzaReader stanzaReader() {
    return stanzaReader;
  }

  private static Identity parse(String encoded, int line) throws LockFileFormatException {
    try {
      return new Identity(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(encoded));
    } catch (GeneralSecurityException | RuntimeException e) {
      // The cause may quote the key.
      throw new LockFileFormatException(
          Kind.KEY, "line %d is not an age identity; AGE-SECRET-KEY-1... required".formatted(line));
    }
  }
}
