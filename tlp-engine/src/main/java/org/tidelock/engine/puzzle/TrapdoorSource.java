package org.tidelock.engine.puzzle;

import java.time.InstantSource;
import java.util.function.Function;

/** Where a {@link PuzzleMaker} gets a trapdoor from, for the length of one puzzle. */
sealed interface TrapdoorSource extends AutoCloseable permits TrapdoorSource.Fresh, SharedTrapdoor {

  /** Runs {@code use} with a trapdoor, which it must not keep. */
  <R> R with(Function<Trapdoor, R> use);

  /** Wipes a trapdoor whose time is over although nobody asked for it. */
  void retireIfDue();

  @Override
  void close();

  /** The source that {@code sharing} asks for. */
  static TrapdoorSource of(ModulusPool pool, ModulusSharing sharing, InstantSource clock) {
    return switch (sharing) {
      case ModulusSharing.OnePuzzleEach _ -> new Fresh(pool);
      case ModulusSharing.Rotating rule -> new SharedTrapdoor(pool, rule, clock);
    };
  }

  /** A trapdoor for each puzzle, wiped before the puzzle is handed out. */
  record Fresh(ModulusPool pool) implements TrapdoorSource {

    @Override
    public <R> R with(Function<Trapdoor, R> use) {
      try (Trapdoor trapdoor = pool.take()) {
        return use.apply(trapdoor);
      }
    }

    @Override
    public void retireIfDue() {
      // Nothing outlives its puzzle.
    }

    @Override
    public void close() {
      // Nothing outlives its puzzle.
    }
  }
}
