package org.tidelock.engine.lockfile;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.security.GeneralSecurityException;
import org.tidelock.engine.lockfile.LockFileFormatException.Kind;

/** The public X25519 key of someone who alone can read a file once its time has come. Immutable. */
public final class Recipient {

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
    try {
      return new Recipient(
          encoded, X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(encoded));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new LockFileFormatException(
          Kind.KEY,
          "recipient \"%s\" is not an age recipient; age1 and 58 characters required"
              .formatted(encoded.length() > 80 ? encoded.substring(0, 80) + "..." : encoded),
          e);
    }
  }

  RecipientStanzaWriter stanzaWriter() {
    return stanzaWriter;
  }

  @Override
  public String toString() {
    return encoded;
  }
}
