package org.tidelock.bench.puzzles;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.tidelock.bench.measure.Interleaver;
import org.tidelock.bench.measure.Lane;
import org.tidelock.bench.report.Samples;
import org.tidelock.engine.calibrate.Profile;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.ModularPower;
import org.tidelock.engine.puzzle.ModulusPool;
import org.tidelock.engine.puzzle.ModulusSharing;
import org.tidelock.engine.puzzle.PuzzleMaker;

/** Ways of making puzzles and of computing their powers, collected and then measured in turn. */
final class Contest {

  /** How much longer the moduli of the powers are for the trapdoor's own check. */
  static final int CHECK_BITS = 64;

  private static final Duration WARM_UP = Duration.ofSeconds(1);
  private static final Duration SAMPLE = Duration.ofMillis(10);
  private static final Bytes CONTEXT = Bytes.of(new byte[0]);
  private static final byte[] PAYLOAD = new byte[32];

  private record Lock(String name, Duration duration) {}

  private static final List<Lock> LOCKS =
      List.of(
          new Lock("10 seconds", Duration.ofSeconds(10)),
          new Lock("3 days", Duration.ofDays(3)),
          new Lock("100 years", Duration.ofDays(36_525)));

  /** What is measured, with T and its meaning where there is one. */
  private record Entry(String name, long squarings, String lock, Runnable work) {

    Lane lane() {
      return new Lane(
          1,
          count -> {
            for (long i = 0; i < count; i++) {
              work.run();
            }
          });
    }

    PuzzleRates.Row row(Samples nanos) {
      Samples millis = nanos.times(1e-6);
      return new PuzzleRates.Row(name, squarings, lock, millis, 1e3 / millis.median());
    }
  }

  private final int bits;
  private final ModulusPool pool;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * An empty contest.
   *
   * @param bits length of the puzzles' moduli
   * @param pool gives each maker the one modulus that all its puzzles share
   */
  Contest(int bits, ModulusPool pool) {
    this.bits = bits;
    this.pool = pool;
  }

  /** Adds puzzles made whole, for each duration. */
  void addMakers(String name, ModularPower power) {
    ModulusSharing shared = new ModulusSharing.Rotating(Integer.MAX_VALUE, Duration.ofDays(1));
    PuzzleMaker maker =
        new PuzzleMaker(pool, shared, InstantSource.system(), power, new SecureRandom());
    for (Lock lock : LOCKS) {
      long squarings = Profile.FASTEST_CPU.squaringsFor(lock.duration(), bits);
      entries.add(
          new Entry(
              "puzzle by " + name,
              squarings,
              lock.name(),
              () -> maker.make(squarings, "bench", CONTEXT, PAYLOAD)));
    }
  }

  /** Adds two powers modulo numbers of {@code length} bits, checked first. */
  void addPowers(String name, ModularPower power, int length) {
    TwoPowers powers = new TwoPowers(length, new Random(length));
    powers.requireRight(name, power);
    entries.add(
        new Entry(
            "two powers of %d bits by %s".formatted(length, name),
            0,
            "",
            () -> powers.compute(power)));
  }

  /** Measures all of them in turn; the rows stand in the order in which they were added. */
  List<PuzzleRates.Row> measure(int rounds) {
    List<Samples> nanos =
        new Interleaver(WARM_UP, SAMPLE, System::nanoTime)
            .measure(entries.stream().map(Entry::lane).toList(), rounds, _ -> {});
    return IntStream.range(0, entries.size())
        .mapToObj(i -> entries.get(i).row(nanos.get(i)))
        .toList();
  }
}
