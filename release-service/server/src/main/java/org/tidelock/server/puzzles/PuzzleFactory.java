package org.tidelock.server.puzzles;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.tidelock.engine.kernel.select.KernelSelector;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.KernelPower;
import org.tidelock.engine.puzzle.ModulusPool;
import org.tidelock.engine.puzzle.ModulusSharing;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.engine.puzzle.PuzzleMaker;

/**
 * Makes puzzles by moduli that it rotates. A modulus serves {@value #SHARED_PUZZLES} puzzles or an
 * hour, whichever ends first; a puzzle that nothing but solving opens has one of its own. Factors
 * are in memory only and wiped at rotation. Called on threads for arithmetic; thread-safe.
 */
public final class PuzzleFactory implements AutoCloseable {

  private static final int SHARED_PUZZLES = 1000;
  private static final Duration SHARED_AGE = Duration.ofHours(1);
  private static final int READY_MODULI = 4;

  /** The fault check of a power works modulo a prime times a 64-bit number. */
  private static final int FAULT_CHECK_BITS = 64;

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final KernelSelector kernels = KernelSelector.ofAll();
  private final Map<Integer, Makers> makers = new ConcurrentHashMap<>();

  /** Makes moduli ahead of need; they take a tenth of a second each. */
  private final ExecutorService idle =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("moduli").daemon().factory());

  /** Rotates by this clock. */
  public PuzzleFactory(InstantSource clock) {
    this.clock = clock;
  }

  /** Makers of puzzles of one length. */
  private record Makers(ModulusPool pool, PuzzleMaker shared, PuzzleMaker own)
      implements AutoCloseable {

    @Override
    public void close() {
      shared.close();
      own.close();
      pool.close();
    }
  }

  /** Makes moduli of these lengths in the background, before they are asked for. */
  public void prepare(List<Integer> lengths) {
    lengths.forEach(bits -> idle.execute(() -> makers(bits).pool.fill()));
  }

  /**
   * Makes a puzzle.
   *
   * @param bits the length of its modulus
   * @param ownModulus whether no other puzzle may share it
   * @param payload the caller wipes it
   */
  public Puzzle make(
      int bits, boolean ownModulus, long squarings, String purpose, Bytes context, byte[] payload) {
    Makers of = makers(bits);
    return (ownModulus ? of.own : of.shared).make(squarings, purpose, context, payload);
  }

  /** Wipes moduli whose time is over although nobody asked for another. */
  public void retireIfDue() {
    makers.values().forEach(of -> of.shared.retireIfDue());
  }

  @Override
  public void close() {
    makers.values().forEach(Makers::close);
    idle.shutdownNow();
  }

  private Makers makers(int bits) {
    return makers.computeIfAbsent(bits, this::open);
  }

  private Makers open(int bits) {
    KernelPower power = new KernelPower(kernels.select(bits / 2 + FAULT_CHECK_BITS).chosen());
    ModulusPool pool = new ModulusPool(bits, READY_MODULI, idle, random);
    return new Makers(
        pool,
        new PuzzleMaker(
            pool, new ModulusSharing.Rotating(SHARED_PUZZLES, SHARED_AGE), clock, power, random),
        new PuzzleMaker(pool, new ModulusSharing.OnePuzzleEach(), clock, power, random));
  }
}
