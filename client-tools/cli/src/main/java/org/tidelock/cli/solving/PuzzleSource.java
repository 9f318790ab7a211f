package org.tidelock.cli.solving;

import java.util.List;
import org.tidelock.engine.lockfile.LockFileInfo;
import org.tidelock.engine.puzzle.ClassicPuzzle;
import org.tidelock.engine.puzzle.ModulusWeakness;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.engine.puzzle.SquaringWork;

/** A puzzle that was read from a file, and what kind it is. */
public sealed interface PuzzleSource {

  /** What messages call it: the file's name as the user gave it. */
  String name();

  /** The squarings it asks for. */
  SquaringWork work();

  /** What it is, in a word or two. */
  String kind();

  /** What opens it without the work, as far as anyone can tell by looking; usually nothing. */
  List<ModulusWeakness> weaknesses();

  /** The text form of 1996 and 1999. */
  record Classic(String name, ClassicPuzzle puzzle) implements PuzzleSource {
    @Override
    public SquaringWork work() {
      return puzzle.work();
    }

    @Override
    public String kind() {
      return "classic puzzle";
    }

    @Override
    public List<ModulusWeakness> weaknesses() {
      return puzzle.weaknesses();
    }
  }

  /** A puzzle of ours in its canonical encoding, by itself. */
  record Sealed(String name, Puzzle puzzle) implements PuzzleSource {
    @Override
    public SquaringWork work() {
      return puzzle.work();
    }

    @Override
    public String kind() {
      return "puzzle";
    }

    @Override
    public List<ModulusWeakness> weaknesses() {
      return tooShort(puzzle);
    }
  }

  /** The puzzle that keeps a lock file locked. */
  record Locked(String name, LockFileInfo info) implements PuzzleSource {
    @Override
    public SquaringWork work() {
      return info.puzzle().work();
    }

    @Override
    public String kind() {
      return info.armored() ? "armored lock file" : "lock file";
    }

    @Override
    public List<ModulusWeakness> weaknesses() {
      return tooShort(info.puzzle());
    }
  }

  /** The one weakness that reading a puzzle of ours can be told to accept. */
  private static List<ModulusWeakness> tooShort(Puzzle puzzle) {
    return puzzle.bits() >= Puzzle.MIN_SECURE_BITS
        ? List.of()
        : List.of(
            new ModulusWeakness(
                ModulusWeakness.Kind.SHORT,
                "modulus has %d bits; at least %d required"
                    .formatted(puzzle.bits(), Puzzle.MIN_SECURE_BITS)));
  }
}
