package org.tidelock.protocol.suite;

/**
 * What one guess at a password costs: the parameters of Argon2id version 1.3 (RFC 9106). Values
 * below the floors do not exist, so that no server can talk a client into a cheap hash; values
 * above the ceilings do not either, so that none can exhaust its memory.
 *
 * @param memoryKib 19456 (19 MiB) to 4194304 (4 GiB)
 * @param iterations 2 to 64
 * @param parallelism 1 to 16
 */
public record Argon2Cost(int memoryKib, int iterations, int parallelism) {

  /** What new passwords get: 64 MiB, 3 iterations, 1 lane. */
  public static final Argon2Cost DEFAULT = new Argon2Cost(64 * 1024, 3, 1);

  private static final int MIN_MEMORY_KIB = 19 * 1024;
  private static final int MAX_MEMORY_KIB = 4 * 1024 * 1024;

  public Argon2Cost {
    require("memoryKib", memoryKib, MIN_MEMORY_KIB, MAX_MEMORY_KIB);
    require("iterations", iterations, 2, 64);
    require("parallelism", parallelism, 1, 16);
  }

  /** Whether a guess costs less memory or fewer iterations than under {@code other}. */
  public boolean isWeakerThan(Argon2Cost other) {
    return memoryKib < other.memoryKib || iterations < other.iterations;
  }

  private static void require(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s is %d; %d to %d allowed".formatted(name, value, min, max));
    }
  }
}
