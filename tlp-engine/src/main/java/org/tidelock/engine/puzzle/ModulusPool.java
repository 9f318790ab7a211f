package org.tidelock.engine.puzzle;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Moduli with their trapdoors, made ahead of need on idle workers: making one takes about 100 ms at
 * 2048 bits, taking one nothing.
 *
 * <p>At most {@code capacity} stand ready or are being made. When the pool is empty, the caller
 * makes its own, so taking never waits for a worker. Safe for use by many threads. {@link #close}
 * wipes what is ready; what is still being made is wiped on completion.
 */
public final class ModulusPool implements AutoCloseable {

  private final int bits;
  private final int capacity;
  private final Executor workers;
  private final SecureRandom random;
  private final Deque<Trapdoor> ready = new ArrayDeque<>();
  private int inTheMaking;
  private boolean closed;

  /**
   * Creates an empty pool; {@link #fill} starts the workers.
   *
   * @param bits length of each modulus; at least {@link Puzzle#MIN_SECURE_BITS} but in tests
   * @param capacity how many to keep ready; 0 makes each when it is asked for
   * @param workers runs tasks of about 100 ms of computing each; may refuse them
   */
  public ModulusPool(int bits, int capacity, Executor workers, SecureRandom random) {
    if (bits < Trapdoor.MIN_BITS || bits > Puzzle.MAX_BITS || bits % 2 != 0) {
      throw new IllegalArgumentException(
          "modulus of %d bits; an even number from %d to %d required"
              .formatted(bits, Trapdoor.MIN_BITS, Puzzle.MAX_BITS));
    }
    if (capacity < 0) {
      throw new IllegalArgumentException("capacity is %d; at least 0 required".formatted(capacity));
    }
    this.bits = bits;
    this.capacity = capacity;
    this.workers = workers;
    this.random = random;
  }

  /** A pool that keeps nothing and makes each modulus when it is asked for. */
  public static ModulusPool onDemand(int bits) {
    return new ModulusPool(bits, 0, Runnable::run, new SecureRandom());
  }

  /**
   * A modulus nobody else has, now the caller's to close.
   *
   * @throws IllegalStateException if the pool is closed
   */
  public Trapdoor take() {
    Trapdoor taken;
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("modulus pool is closed");
      }
      taken = ready.poll();
    }
    fill();
    return taken != null ? taken : Trapdoor.generate(bits, random);
  }

  /** Asks the workers for as many moduli as are missing. Done by {@link #take} too. */
  public void fill() {
    while (reserve()) {
      try {
        workers.execute(this::makeOne);
      } catch (RejectedExecutionException busy) {
        cancelReservation();
        return;
      }
    }
  }

  /** How many moduli stand ready. */
  public synchronized int available() {
    return ready.size();
  }

  /** The length of the moduli. */
  public int bits() {
    return bits;
  }

  @Override
  public synchronized void close() {
    closed = true;
    ready.forEach(Trapdoor::close);
    ready.clear();
  }

  private void makeOne() {
    if (isClosed()) {
      cancelReservation();
      return;
    }
    Trapdoor made;
    try {
      made = Trapdoor.generate(bits, random);
    } catch (RuntimeException | Error e) {
      cancelReservation();
      throw e;
    }
    keep(made);
  }

  private synchronized void keep(Trapdoor made) {
    inTheMaking--;
    if (closed) {
      made.close();
    } else {
      ready.add(made);
    }
  }

  private synchronized boolean reserve() {
    if (closed || ready.size() + inTheMaking >= capacity) {
      return false;
    }
    inTheMaking++;
    return true;
  }

  private synchronized void cancelReservation() {
    inTheMaking--;
  }

  private synchronized boolean isClosed() {
    return closed;
  }
}
