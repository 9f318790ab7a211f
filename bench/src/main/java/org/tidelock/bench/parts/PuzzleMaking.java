package org.tidelock.bench.parts;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.tidelock.bench.service.ClosedLoop;
import org.tidelock.engine.calibrate.Profile;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.ModulusPolicy;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.engine.puzzle.PuzzleFormatException;
import org.tidelock.protocol.message.ChallengeKey;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.server.puzzles.PuzzleFactory;

/**
 * How many puzzles the engine makes a second, on all cores and with nothing around it: with moduli
 * shared and rotated as the server does.
 */
public final class PuzzleMaking implements AutoCloseable {

  private final PuzzleFactory puzzles = new PuzzleFactory(InstantSource.system());
  private final Bytes context = RandomBytes.ofLength(Sha256.BYTES);
  private final int bits;
  private final long squarings;

  /** Makes puzzles of this length for this duration. */
  public PuzzleMaking(int bits, Duration locked) {
    this.bits = bits;
    this.squarings = Profile.FASTEST_CPU.squaringsFor(locked, bits);
  }

  /** Makes puzzles for this long. */
  public double perSecond(ClosedLoop cores, Duration duration) throws IOException {
    return cores.perSecond(duration, _ -> one());
  }

  /** How often a client looks a puzzle over, as it does with each that it is shown. */
  public double checksPerSecond(ClosedLoop cores, Duration duration) throws IOException {
    Bytes encoded = one();
    return cores.perSecond(
        duration,
        _ -> {
          try {
            Puzzle.decode(encoded, ModulusPolicy.STANDARD);
          } catch (PuzzleFormatException e) {
            throw new IOException("a puzzle of the engine's own was refused", e);
          }
        });
  }

  /** One puzzle, encoded: it hides a key that nobody uses. */
  public Bytes one() {
    return puzzles
        .make(
            bits,
            false,
            squarings,
            ChallengeKey.PUZZLE_PURPOSE,
            context,
            RandomBytes.ofLength(ChallengeKey.BYTES).toArray())
        .encoded();
  }

  @Override
  public void close() {
    puzzles.close();
  }
}
