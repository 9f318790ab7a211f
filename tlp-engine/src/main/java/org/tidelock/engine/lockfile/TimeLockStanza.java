package org.tidelock.engine.lockfile;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tidelock.engine.lockfile.LockFileFormatException.Kind;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.ModulusPolicy;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.engine.puzzle.PuzzleFormatException;
import org.tidelock.engine.puzzle.PuzzleMaker;

/**
 * The stanza of a lock file: type {@code tidelock/v1}, no arguments, and for a body a puzzle's
 * header and ciphertext. The puzzle's payload is the age file key, 16 bytes; its purpose says
 * whether the file's payload is an age file itself; its context is empty.
 */
final class TimeLockStanza {

  static final String TYPE = "tidelock/v1";

  private static final String PLAIN = "age-file-key";
  private static final String NESTED = "age-nested";
  private static final int FILE_KEY_BYTES = 16;

  private TimeLockStanza() {}

  /** Puts the file key into a puzzle, once, and remembers the puzzle. */
  static final class Writer implements RecipientStanzaWriter {

    private final PuzzleMaker maker;
    private final long squarings;
    private final boolean nested;
    private Optional<Puzzle> made = Optional.empty();

    Writer(PuzzleMaker maker, long squarings, boolean nested) {
      this.maker = maker;
      this.squarings = squarings;
      this.nested = nested;
    }

    @Override
    public Iterable<RecipientStanza> getRecipientStanzas(FileKey fileKey) {
      byte[] secret = fileKey.getEncoded();
      try {
        Puzzle puzzle =
            maker.make(squarings, nested ? NESTED : PLAIN, Bytes.of(new byte[0]), secret);
        made = Optional.of(puzzle);
        return List.of(new AgeStanza(TYPE, List.of(), puzzle.encoded()));
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
    }

    Puzzle puzzle() {
      return made.orElseThrow();
    }
  }

  /** Gives the file key found by solving, whatever the stanzas say. */
  static RecipientStanzaReader solved(byte[] fileKey) {
    return stanzas -> new FileKey(fileKey.clone());
  }

  /** The puzzle in a header. */
  static Puzzle puzzle(AgeHeader header, ModulusPolicy policy) throws LockFileFormatException {
    List<AgeStanza> found =
        header.stanzas().stream().filter(stanza -> stanza.type().equals(TYPE)).toList();
    if (found.isEmpty()) {
      throw new LockFileFormatException(
          Kind.NO_TIME_LOCK, "age file without a tidelock/v1 stanza; no time-lock opens it");
    }
    if (found.size() > 1 || !found.getFirst().arguments().isEmpty()) {
      throw new LockFileFormatException(
          Kind.MALFORMED,
          "%d tidelock/v1 stanzas, the first with %d arguments; one without arguments required"
              .formatted(found.size(), found.getFirst().arguments().size()));
    }
    try {
      Puzzle puzzle = Puzzle.decode(found.getFirst().body(), policy);
      requireFileKey(puzzle);
      return puzzle;
    } catch (PuzzleFormatException e) {
      throw new LockFileFormatException(Kind.PUZZLE, "puzzle: " + e.getMessage(), e);
    }
  }

  static boolean isNested(Puzzle puzzle) {
    return puzzle.purpose().equals(NESTED);
  }

  private static void requireFileKey(Puzzle puzzle) throws PuzzleFormatException {
    if (!puzzle.purpose().equals(PLAIN) && !puzzle.purpose().equals(NESTED)) {
      throw new PuzzleFormatException(
          "purpose is %s; %s or %s required".formatted(puzzle.purpose(), PLAIN, NESTED));
    }
    if (puzzle.context().length() != 0) {
      throw new PuzzleFormatException(
          "context has %d bytes; none allowed".formatted(puzzle.context().length()));
    }
    int trailing = puzzle.payloadBytes() - FILE_KEY_BYTES;
    if (trailing != 0) {
      throw new PuzzleFormatException(
          trailing > 0
              ? "%d trailing bytes; none allowed".formatted(trailing)
              : "%d bytes missing at its end".formatted(-trailing));
    }
  }
}
