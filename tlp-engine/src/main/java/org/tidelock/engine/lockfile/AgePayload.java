package org.tidelock.engine.lockfile;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.util.List;

/**
 * Decrypts age files by a known file key, and the age files inside them by identities, and sorts
 * what goes wrong: a failing stream is an exception, a damaged file an outcome.
 */
final class AgePayload {

  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream file;
  private final SourceInputStream source;
  private final StandardDecryptingChannelFactory age = new StandardDecryptingChannelFactory();

  /**
   * Decrypts a file, once.
   *
   * @param file the age file from its first byte
   * @param source where the file comes from; its failures are not damage
   */
  AgePayload(InputStream file, SourceInputStream source) {
    this.file = file;
    this.source = source;
  }

  UnlockOutcome decrypt(byte[] fileKey, OutputStream out) throws IOException {
    ReadableByteChannel plain;
    try {
      plain = outer(fileKey);
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      source.rethrow();
      return damaged(e);
    }
    return copy(plain, out);
  }

  UnlockOutcome decryptNested(byte[] fileKey, List<Identity> identities, OutputStream out)
      throws IOException {
    ReadableByteChannel plain;
    try {
      ReadableByteChannel nested = outer(fileKey);
      plain = age.newDecryptingChannel(nested, List.of(stanzas -> fileKey(identities, stanzas)));
    } catch (NoMatchingIdentityException e) {
      return new UnlockOutcome.NoMatchingIdentity(
          "the time-lock is open, but none of the identities given is a recipient's");
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      source.rethrow();
      return damaged(e);
    }
    return copy(plain, out);
  }

  private ReadableByteChannel outer(byte[] fileKey) throws GeneralSecurityException, IOException {
    return age.newDecryptingChannel(
        Channels.newChannel(file), List.of(TimeLockStanza.solved(fileKey)));
  }

  private UnlockOutcome copy(ReadableByteChannel plain, OutputStream out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    long bytes = 0;
    while (true) {
      int read;
      try {
        read = plain.read(buffer);
      } catch (IOException | RuntimeException e) {
        source.rethrow();
        return damaged(e);
      }
      if (read < 0) {
        out.flush();
        return new UnlockOutcome.Unlocked(bytes);
      }
      out.write(buffer.array(), 0, buffer.position());
      bytes += buffer.position();
      buffer.clear();
    }
  }

  private static UnlockOutcome damaged(Exception e) {
    return new UnlockOutcome.Damaged(
        switch (e) {
          case SignatureException header ->
              "the header was altered: its authentication code does not match";
          case ArmorInputStream.ArmorException armor -> String.valueOf(armor.getMessage());
          default -> "the payload was altered or cut short, or something follows its end";
        });
  }

  /** The first file key that one of the identities finds. */
  private static FileKey fileKey(List<Identity> identities, Iterable<RecipientStanza> stanzas)
      throws GeneralSecurityException {
    for (Identity identity : identities) {
      try {
        return identity.stanzaReader().getFileKey(stanzas);
      } catch (UnsupportedRecipientStanzaException notTheirs) {
        // The next may be.
      }
    }
    throw new NoMatchingIdentityException();
  }

  /** None of the identities found a file key. */
  private static final class NoMatchingIdentityException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;
  }
}
