package org.tidelock.engine.lockfile;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tidelock.engine.lockfile.ArmorInputStream.ArmorException;
import org.tidelock.engine.lockfile.LockFileFormatException.Kind;
import org.tidelock.engine.puzzle.ModulusPolicy;
import org.tidelock.engine.puzzle.OpenOutcome;
import org.tidelock.engine.puzzle.Puzzle;

/**
 * A lock file whose header has been read and whose payload still waits in the stream: solving
 * stands between the two. The stream need not be seekable, and memory is constant. Not thread-safe;
 * the stream stays its owner's to close.
 */
public final class LockFile {

  /** White space allowed before the armor. */
  private static final int MAX_LEADING_BYTES = 1024;

  private final LockFileInfo info;
  private final AgeHeader header;
  private final SourceInputStream source;
  private final InputStream payload;
  private boolean payloadTaken;

  private LockFile(
      LockFileInfo info, AgeHeader header, SourceInputStream source, InputStream payload) {
    this.info = info;
    this.header = header;
    this.source = source;
    this.payload = payload;
  }

  /**
   * Reads the header of a lock file, armored or not.
   *
   * @param in is left at the payload, or a little beyond
   * @throws LockFileFormatException if it is none, or its puzzle must not be trusted
   * @throws IOException if the stream fails
   */
  public static LockFile read(InputStream in, ModulusPolicy policy)
      throws IOException, LockFileFormatException {
    SourceInputStream source = new SourceInputStream(in);
    BufferedInputStream buffered = new BufferedInputStream(source, 1 << 16);
    boolean armored = skipArmorHeader(buffered);
    InputStream bytes =
        armored ? new BufferedInputStream(new ArmorInputStream(buffered)) : buffered;
    try {
      AgeHeader header = AgeHeader.read(bytes);
      Puzzle puzzle = TimeLockStanza.puzzle(header, policy);
      LockFileInfo info =
          new LockFileInfo(puzzle, TimeLockStanza.isNested(puzzle), armored, warnings(header));
      return new LockFile(info, header, source, bytes);
    } catch (ArmorException e) {
      throw e.toFormatException();
    }
  }

  /** What the file says of itself. */
  public LockFileInfo info() {
    return info;
  }

  /**
   * Decrypts the payload.
   *
   * @param solution of {@code info().puzzle()}
   * @param identities needed where the file is nested, else ignored
   * @param out gets the plaintext, as far as it has been authenticated; is flushed, not closed
   * @throws IOException if a stream fails
   * @throws IllegalStateException if the payload has been read before
   */
  public UnlockOutcome open(BigInteger solution, List<Identity> identities, OutputStream out)
      throws IOException {
    if (payloadTaken) {
      throw new IllegalStateException("the payload has been read already");
    }
    return switch (info.puzzle().open(solution)) {
      case OpenOutcome.WrongSolution(String reason) -> new UnlockOutcome.WrongSolution(reason);
      case OpenOutcome.Damaged(String reason) -> new UnlockOutcome.Damaged(reason);
      case OpenOutcome.Opened opened -> {
        try (opened) {
          yield decrypt(opened.revealPayload(), identities, out);
        }
      }
    };
  }

  private UnlockOutcome decrypt(byte[] fileKey, List<Identity> identities, OutputStream out)
      throws IOException {
    if (info.nested() && identities.isEmpty()) {
      return new UnlockOutcome.NoMatchingIdentity(
          "the file is locked to recipients as well; a recipient's identity required (-i)");
    }
    AgePayload age = takePayload();
    return info.nested() ? age.decryptNested(fileKey, identities, out) : age.decrypt(fileKey, out);
  }

  /** Decrypts the time-lock's layer only, whatever is inside. */
  UnlockOutcome openOuterLayer(byte[] fileKey, OutputStream out) throws IOException {
    return takePayload().decrypt(fileKey, out);
  }

  private AgePayload takePayload() {
    payloadTaken = true;
    InputStream whole =
        new SequenceInputStream(new ByteArrayInputStream(header.encoded().toArray()), payload);
    return new AgePayload(whole, source);
  }

  private static List<String> warnings(AgeHeader header) {
    List<String> warnings = new ArrayList<>();
    for (AgeStanza stanza : header.stanzas()) {
      if (!stanza.type().equals(TimeLockStanza.TYPE) && !stanza.isGrease()) {
        warnings.add(
            "a stanza of type %s opens the file too, before its time, for whoever holds that key"
                .formatted(stanza.type()));
      }
    }
    return warnings;
  }

  /** Whether the file is armored; if so, its first line is read. */
  private static boolean skipArmorHeader(BufferedInputStream in)
      throws IOException, LockFileFormatException {
    in.mark(MAX_LEADING_BYTES + ArmorInputStream.BEGIN.length() + 2);
    int read = in.read();
    for (int i = 0; i < MAX_LEADING_BYTES && read >= 0 && Character.isWhitespace(read); i++) {
      read = in.read();
    }
    byte[] begin = ArmorInputStream.BEGIN.getBytes(StandardCharsets.US_ASCII);
    if (read != begin[0] || !Arrays.equals(in.readNBytes(begin.length - 1), tail(begin))) {
      in.reset();
      return false;
    }
    int end = in.read();
    if (end == '\r') {
      end = in.read();
    }
    if (end != '\n') {
      throw new LockFileFormatException(
          end < 0 ? Kind.TRUNCATED : Kind.MALFORMED,
          end < 0
              ? "armor ends after its first line"
              : "malformed armor: its first line does not end with the line");
    }
    return true;
  }

  private static byte[] tail(byte[] bytes) {
    return Arrays.copyOfRange(bytes, 1, bytes.length);
  }
}
