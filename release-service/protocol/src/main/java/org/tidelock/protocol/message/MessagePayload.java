package org.tidelock.protocol.message;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.Sha256;

/**
 * A message's content, encrypted: an age v1 file (age-encryption.org/v1) whose file key is the
 * message key, with one stanza, {@code tidelock/v1/message}, that has neither arguments nor body,
 * since the key comes by other ways. What is encrypted is the content's length (8 bytes,
 * big-endian), the content, and zeros up to the bucket of {@link PaddedLength}. Streams in constant
 * memory: age encrypts in chunks of 64 KiB, each authentic and in its place.
 */
public final class MessagePayload {

  private static final String STANZA = "tidelock/v1/message";
  private static final int BUFFER_BYTES = 1 << 16;

  private MessagePayload() {}

  /**
   * What sealing gave. The caller closes the key.
   *
   * @param bytes how long the encrypted content is
   * @param hash SHA-256 of it
   */
  public record Sealed(MessageKey key, long bytes, Bytes hash) {}

  /** What came of opening. */
  public sealed interface Outcome {

    /** The content was written whole. */
    record Opened(long bytes) implements Outcome {}

    /**
     * The encrypted content is not what the sender signed: what was written is of no use.
     *
     * @param reason fit to be shown
     */
    record Damaged(String reason) implements Outcome {}
  }

  /**
   * Encrypts under a fresh key. Neither stream is closed; {@code out} is flushed.
   *
   * @param length how many bytes {@code content} holds
   * @throws EOFException if it holds fewer; what was written until then is of no use
   */
  public static Sealed seal(InputStream content, long length, OutputStream out) throws IOException {
    MessageDigest digest = Sha256.digest();
    Counted counted = new Counted(new DigestOutputStream(out, digest));
    KeyKeeper keeper = new KeyKeeper();
    try (WritableByteChannel channel =
        new StandardEncryptingChannelFactory()
            .newEncryptingChannel(Channels.newChannel(counted), List.of(keeper))) {
      write(channel, ByteBuffer.allocate(Long.BYTES).putLong(length).flip());
      copy(content, length, channel);
      pad(channel, PaddedLength.of(Long.BYTES + length) - Long.BYTES - length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has what age needs", e);
    }
    return new Sealed(keeper.key(), counted.bytes, Bytes.of(digest.digest()));
  }

  /**
   * Decrypts what {@link #seal} made. What is written before the outcome is known is not to be
   * trusted until it is {@link Outcome.Opened}. Neither stream is closed.
   *
   * @throws IOException if a stream fails
   */
  public static Outcome open(
      MessageKey key, Envelope envelope, InputStream encrypted, OutputStream out)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    Source source = new Source(new DigestInputStream(encrypted, digest));
    Optional<Long> content;
    try {
      ReadableByteChannel channel =
          new StandardDecryptingChannelFactory()
              .newDecryptingChannel(Channels.newChannel(source), List.of(reader(key)));
      content = unpad(channel, out);
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      source.rethrow();
      if (e instanceof Unwritten failed) {
        throw failed.reason;
      }
      return new Outcome.Damaged("the encrypted content was altered or cut short");
    }
    source.readToEnd();
    if (source.bytes != envelope.payloadBytes()
        || !Bytes.of(digest.digest()).equals(envelope.payloadHash())) {
      return new Outcome.Damaged("the encrypted content is not the one whose hash was signed");
    }
    if (content.isEmpty()) {
      return new Outcome.Damaged("the content is not padded as it has to be");
    }
    return new Outcome.Opened(content.get());
  }

  private static void copy(InputStream content, long length, WritableByteChannel out)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = length;
    while (left > 0) {
      int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new EOFException("the content ends %d bytes before the length given".formatted(left));
      }
      write(out, ByteBuffer.wrap(buffer, 0, read));
      left -= read;
    }
  }

  private static void pad(WritableByteChannel out, long zeros) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (long left = zeros; left > 0; left -= Math.min(buffer.length, left)) {
      write(out, ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, left)));
    }
  }

  private static void write(WritableByteChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /** The content's length; empty if the padding is not the one there has to be. */
  private static Optional<Long> unpad(ReadableByteChannel in, OutputStream out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    ByteBuffer header = ByteBuffer.allocate(Long.BYTES);
    long length = -1;
    long seen = 0;
    boolean zeros = true;
    while (in.read(buffer) >= 0) {
      buffer.flip();
      while (length < 0 && buffer.hasRemaining()) {
        header.put(buffer.get());
        if (!header.hasRemaining()) {
          length = header.getLong(0);
          if (length < 0) {
            return Optional.empty();
          }
        }
      }
      int content = (int) Math.min(buffer.remaining(), Math.max(0, length - seen));
      seen += buffer.remaining();
      writeContent(out, buffer.array(), buffer.position(), content);
      for (int i = buffer.position() + content; i < buffer.limit(); i++) {
        zeros &= buffer.get(i) == 0;
      }
      buffer.clear();
    }
    boolean whole =
        length >= 0
            && zeros
            && length <= Long.MAX_VALUE / 4
            && Long.BYTES + seen == PaddedLength.of(Long.BYTES + length);
    if (whole) {
      out.flush();
    }
    return whole ? Optional.of(length) : Optional.empty();
  }

  private static void writeContent(OutputStream out, byte[] bytes, int offset, int length)
      throws Unwritten {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw new Unwritten(e);
    }
  }

  private static RecipientStanzaReader reader(MessageKey key) {
    return stanzas -> {
      for (RecipientStanza stanza : stanzas) {
        if (!stanza.getType().equals(STANZA) || !stanza.getArguments().isEmpty()) {
          throw new GeneralSecurityException("a stanza of another kind");
        }
      }
      return new FileKey(key.revealCopy());
    };
  }

  /** Remembers the file key that age chose; writes the stanza that says how it is found. */
  private static final class KeyKeeper implements RecipientStanzaWriter {

    private Optional<MessageKey> kept = Optional.empty();

    @Override
    public Iterable<RecipientStanza> getRecipientStanzas(FileKey fileKey) {
      kept = Optional.of(MessageKey.of(SecretBytes.takeOver(fileKey.getEncoded())));
      return List.of(new Stanza());
    }

    MessageKey key() {
      return kept.orElseThrow();
    }
  }

  private static final class Stanza implements RecipientStanza {

    @Override
    public String getType() {
      return STANZA;
    }

    @Override
    public List<String> getArguments() {
      return List.of();
    }

    @Override
    public byte[] getBody() {
      return new byte[0];
    }
  }

  /** Counts, and lets the last chunk be written by closing while the stream stays open. */
  private static final class Counted extends FilterOutputStream {

    private long bytes;

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      out.write(buffer, offset, length);
      bytes += length;
    }

    @Override
    public void write(int single) throws IOException {
      out.write(single);
      bytes++;
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  /** Tells a stream that fails from a ciphertext that is damaged. */
  private static final class Source extends InputStream {

    private final InputStream in;
    private long bytes;
    private Optional<IOException> failure = Optional.empty();

    Source(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] single = new byte[1];
      return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        int read = in.read(buffer, offset, length);
        bytes += Math.max(0, read);
        return read;
      } catch (IOException e) {
        failure = Optional.of(e);
        throw e;
      }
    }

    void rethrow() throws IOException {
      if (failure.isPresent()) {
        throw failure.get();
      }
    }

    void readToEnd() throws IOException {
      byte[] buffer = new byte[BUFFER_BYTES];
      while (read(buffer, 0, buffer.length) >= 0) {
        // What follows counts and is hashed: it does not belong there.
      }
    }
  }

  /** The reader of the plaintext failed, not the ciphertext. */
  private static final class Unwritten extends IOException {
    private static final long serialVersionUID = 1;

    private final IOException reason;

    Unwritten(IOException reason) {
      super(reason);
      this.reason = reason;
    }
  }
}
