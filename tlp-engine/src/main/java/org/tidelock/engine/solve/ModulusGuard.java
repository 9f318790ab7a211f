package org.tidelock.engine.solve;

import java.math.BigInteger;
import java.security.MessageDigest;
import org.tidelock.engine.kernel.KernelSession;
import org.tidelock.engine.puzzle.Sha256;

/** Holds on to the puzzle's modulus and tells whether what a kernel computes with is still it. */
final class ModulusGuard {

  private final BigInteger modulus;
  private final byte[] digest;

  ModulusGuard(BigInteger modulus) {
    this.modulus = modulus;
    this.digest = Sha256.of(modulus.toByteArray());
  }

  /** Whether the modulus still hashes to what it did, and the kernel's tables follow from it. */
  boolean intact(KernelSession session) {
    return MessageDigest.isEqual(digest, Sha256.of(session.modulus().toByteArray()))
        && session.tablesIntact();
  }

  /** Whether a value satisfies Gerbicz' equation for ever: 0, 1, N - 1, or not a unit. */
  boolean degenerate(BigInteger value) {
    return value.signum() == 0
        || value.equals(BigInteger.ONE)
        || value.equals(modulus.subtract(BigInteger.ONE))
        || !value.gcd(modulus).equals(BigInteger.ONE);
  }

  BigInteger plainProduct(BigInteger a, BigInteger b) {
    return a.multiply(b).mod(modulus);
  }

  BigInteger plainSquarings(BigInteger start, long count) {
    return start.modPow(BigInteger.ONE.shiftLeft(Math.toIntExact(count)), modulus);
  }
}
