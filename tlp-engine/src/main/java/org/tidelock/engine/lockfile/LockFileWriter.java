package org.tidelock.engine.lockfile;

import com.exceptionfactory.jagged.EncryptingChannelFactory;
import com.exceptionfactory.jagged.framework.armor.ArmoredEncryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.util.List;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.engine.puzzle.PuzzleMaker;

/**
 * Locks streams into lock files. Constant memory, one pass. Safe for use by many threads, each with
 * streams of its own.
 */
public final class LockFileWriter {

  private static final int BUFFER_BYTES = 1 << 16;

  private final PuzzleMaker maker;

  /** Locks with the puzzles that {@code maker} makes. */
  public LockFileWriter(PuzzleMaker maker) {
    this.maker = maker;
  }

  /**
   * Locks everything {@code in} holds. Neither stream is closed; {@code out} is flushed.
   *
   * @return the puzzle that keeps it locked
   * @throws IOException if a stream fails; what was written until then is of no use
   */
  public Puzzle lock(InputStream in, OutputStream out, LockOptions options) throws IOException {
    boolean nested = !options.recipients().isEmpty();
    TimeLockStanza.Writer timeLock = new TimeLockStanza.Writer(maker, options.squarings(), nested);
    EncryptingChannelFactory outermost =
        options.armored()
            ? new ArmoredEncryptingChannelFactory()
            : new StandardEncryptingChannelFactory();
    try {
      WritableByteChannel time =
          outermost.newEncryptingChannel(Channels.newChannel(new Unclosed(out)), List.of(timeLock));
      WritableByteChannel innermost = nested ? toRecipients(time, options) : time;
      copy(in, innermost);
      // Only now: closing makes the file complete, which one cut short must never look.
      innermost.close();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has what age needs", e);
    }
    out.flush();
    return timeLock.puzzle();
  }

  private static WritableByteChannel toRecipients(WritableByteChannel time, LockOptions options)
      throws GeneralSecurityException, IOException {
    return new StandardEncryptingChannelFactory()
        .newEncryptingChannel(
            time, options.recipients().stream().map(Recipient::stanzaWriter).toList());
  }

  private static void copy(InputStream in, WritableByteChannel out) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    }
  }

  /** Lets the last block be written by closing, and the stream stay open. */
  private static final class Unclosed extends FilterOutputStream {

    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
