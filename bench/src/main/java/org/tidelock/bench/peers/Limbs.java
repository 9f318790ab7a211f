package org.tidelock.bench.peers;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;

/** Numbers as arrays of 64-bit limbs outside the Java heap, the least significant first. */
final class Limbs {

  private Limbs() {}

  /** How many limbs a number of {@code bits} bits takes. */
  static int count(int bits) {
    return (bits + 63) / 64;
  }

  static MemorySegment empty(int limbs, Arena arena) {
    return arena.allocate(ValueLayout.JAVA_LONG, limbs);
  }

  static MemorySegment of(BigInteger value, int limbs, Arena arena) {
    if (value.signum() < 0 || value.bitLength() > 64 * limbs) {
      throw new IllegalArgumentException(
          "number has %d bits; 0 to %d allowed".formatted(value.bitLength(), 64 * limbs));
    }
    MemorySegment segment = empty(limbs, arena);
    for (int i = 0; i < limbs; i++) {
      segment.setAtIndex(ValueLayout.JAVA_LONG, i, value.shiftRight(64 * i).longValue());
    }
    return segment;
  }

  static BigInteger toBigInteger(MemorySegment segment) {
    byte[] littleEndian = segment.toArray(ValueLayout.JAVA_BYTE);
    byte[] bigEndian = new byte[littleEndian.length];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
    }
    return new BigInteger(1, bigEndian);
  }
}
