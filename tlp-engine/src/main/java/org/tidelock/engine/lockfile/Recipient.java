package org.tidelock.engine.lockfile;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.security.GeneralSecurityException;
import org.tidelock.engine.lockfile.LockFileFormatException.Kind;

/** The public X25519 key of someone who alone can read a file once its time has come. Immutable. */
public final class Recipient {

  private static final String PREFIX = "age1";
  private static final int CHARACTERS = 62;

  private final String encoded;
  private final RecipientStanzaWriter stanzaWriter;

  private Recipient(String encoded, RecipientStanzaWriter stanzaWriter) {
    this.encoded = encoded;
    this.stanzaWriter = stanzaWriter;
  }

  /**
   * Reads a recipient as age writes it: {@code age1} and 58 characters.
   *
   * @throws LockFileFormatException if it is none
   */
  public static Recipient parse(String text) throws LockFileFormatException {
    String encoded = text.strip();
    if (Identity.looksSecret(encoded)) {
      throw new LockFileFormatException(
          Kind.KEY,
          "a secret key (AGE-SECRET-KEY-...) was given as recipient; give its public half, age1...,"
              + " which age-keygen -y prints. What stands on a command line others may have seen:"
              + " better make a new key");
    }
    try {
      return new Recipient(
          encoded, X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(encoded));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new LockFileFormatException(
          Kind.KEY,
          "recipient \"%s\" is not an age recipient; %s"
              .formatted(
                  encoded.length() > 80 ? encoded.substring(0, 80) + "..." : encoded,
                  reason(encoded)),
          e);
    }
  }

  private static String reason(String encoded) {
    if (encoded.startsWith(PREFIX) && encoded.length() == CHARACTERS) {
      return "its checksum does not match, so a character is wrong: copy it again";
    }
    return encoded.startsWith(PREFIX)
        ? "it has %d characters, %d required: copy it again".formatted(encoded.length(), CHARACTERS)
        : "age1 and 58 characters required";
  }

  RecipientStanzaWriter stanzaWriter() {
    return stanzaWriter;
  }

  @Override
  public String toString() {
    return encoded;
  }
}
