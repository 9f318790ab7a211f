package org.tidelock.engine.kernel.jvm;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static org.tidelock.engine.kernel.jvm.VectorLanes.BIAS;
import static org.tidelock.engine.kernel.jvm.VectorLanes.DOWN;
import static org.tidelock.engine.kernel.jvm.VectorLanes.ENTERING;
import static org.tidelock.engine.kernel.jvm.VectorLanes.KEPT;
import static org.tidelock.engine.kernel.jvm.VectorLanes.LANES;
import static org.tidelock.engine.kernel.jvm.VectorLanes.LANE_0;
import static org.tidelock.engine.kernel.jvm.VectorLanes.SCALE;
import static org.tidelock.engine.kernel.jvm.VectorLanes.SCALED_BUT_LANE_0;
import static org.tidelock.engine.kernel.jvm.VectorLanes.SPLIT;
import static org.tidelock.engine.kernel.jvm.VectorLanes.UP;

import jdk.incubator.vector.DoubleVector;

/**
 * Squaring and multiplying modulo N in doubles: an FMA of digits below 2^22 is exact, so that one
 * instruction multiplies and adds eight pairs.
 *
 * <p><b>Layout.</b> Numbers are 96 signed digits of radix 2^22; R = 2^2112. Digit 12 l + k stands
 * in register k, lane l. Twelve digits are a <i>group</i>, W = 2^264. A digit times a register
 * needs no shuffle: register k times digit i of a group adds to column k + i, and columns 12 and up
 * are columns 0 and up one lane higher.
 *
 * <p><b>Reduction.</b> Dropping the lowest group, of value d, and adding d M1 one group higher, or
 * d M2 two higher, keeps the residue (powers of W aside): M1 = (c1 N + 1) / W, M2 = (c2 N + 1) /
 * W^2 with c1 = -1/N mod W, c2 = -1/N mod W^2. Groups 0 to 5 use M2, which leaves a whole step to
 * compute d in; group 6 uses M1. Group 7 is cleared exactly: q = d c1 mod W, then q N is added.
 *
 * <p><b>Bounds.</b> Digits are at most 2^21 + 2^8 in magnitude. A column sums at most 96 products
 * of the square and 96 of the reduction, below 2^50, and has room for 2^51 beside its bias. The
 * multipliers c1, c2, q are balanced, so |x'| < x^2 / R + 1.1 N: |x| < 1.2 N is stable where R is
 * at least 2^8 N.
 */
final class VectorChain {

  private static final long BIAS_BITS = Double.doubleToRawLongBits(BIAS);
  private static final int RADIX_BITS = VectorTables.RADIX_BITS;
  private static final long HALF = 1L << (RADIX_BITS - 1);

  private final VectorTables tables;
  private final double[] columns = new double[2 * VectorTables.DIGITS];
  private final double[] twiceX = new double[VectorTables.DIGITS];
  private double[] newest = new double[VectorTables.GROUP];
  private double[] previous = new double[VectorTables.GROUP];
  private double[] oldest = new double[VectorTables.GROUP];
  private final double[] quotient = new double[VectorTables.GROUP];
  private final double[] quotientColumns = new double[16];

  VectorChain(VectorTables tables) {
    this.tables = tables;
  }

  /** Squares {@code x} in place, {@code count} times. */
  void square(double[] x, long count) {
    for (long i = 0; i < count; i++) {
      square(x);
    }
  }

  private void square(double[] x) {
    for (int i = 0; i < x.length; i++) {
      twiceX[i] = 2 * x[i];
    }
    clear(columns);
    long carry = 0;
    for (int group = 0; group < 8; group++) {
      VectorProducts.addSquareRow(columns, x, twiceX, group);
      carry = reduceLowestGroup(group, carry);
    }
    finish(x);
  }

  /** Multiplies {@code x} by {@code y}, which may be the same array, in place. */
  void multiply(double[] x, double[] y) {
    clear(columns);
    long carry = 0;
    for (int group = 0; group < 8; group++) {
      moveDown(columns);
      VectorProducts.addProduct(columns, x, group, 8, y);
      carry = reduceLowestGroup(group, carry);
    }
    finish(x);
  }

  /** Adds what the groups before this one left to add, and takes this one's digits. */
  private long reduceLowestGroup(int group, long carry) {
    if (group >= 2) {
      VectorProducts.addProduct(columns, previous, 0, 1, tables.twoGroups());
    }
    if (group == 7) {
      VectorProducts.addProduct(columns, newest, 0, 1, tables.oneGroup());
    }
    double[] free = oldest;
    oldest = previous;
    previous = newest;
    newest = free;
    return takeDigits(columns, 8, carry, newest);
  }

  private void finish(double[] x) {
    multiplyByInverse(newest, tables.inverse(), quotientColumns);
    takeDigits(quotientColumns, 1, 0, quotient);
    VectorProducts.addProduct(columns, quotient, 0, 1, tables.modulus());
    normalise(columns, carryOfClearedGroup(columns), x);
  }

  /** As if a square of 0 were about to be moved down. */
  private static void clear(double[] columns) {
    DoubleVector bias = broadcast(LANES, BIAS);
    for (int i = 0; i < VectorTables.DIGITS; i += 8) {
      bias.intoArray(columns, i);
      ENTERING.intoArray(columns, VectorTables.DIGITS + i);
    }
  }

  private static void moveDown(double[] columns) {
    for (int i = 0; i < VectorTables.DIGITS; i += 8) {
      fromArray(LANES, columns, i)
          .rearrange(DOWN)
          .fma(KEPT, fromArray(LANES, columns, VectorTables.DIGITS + i))
          .intoArray(columns, i);
      ENTERING.intoArray(columns, VectorTables.DIGITS + i);
    }
  }

  /** Carries through one group of columns; returns what goes to the next group. */
  private static long takeDigits(double[] columns, int stride, long carryIn, double[] digits) {
    long carry = carryIn;
    for (int k = 0; k < VectorTables.GROUP; k++) {
      long sum = Double.doubleToRawLongBits(columns[k * stride]) - BIAS_BITS + carry;
      carry = (sum + HALF) >> RADIX_BITS;
      digits[k] = (double) (sum - (carry << RADIX_BITS));
    }
    return carry;
  }

  /** The columns of d c1 mod W, twelve of sixteen: column i sums the digits d_k c_(i-k). */
  private static void multiplyByInverse(double[] d, double[] inverse, double[] into) {
    DoubleVector low0 = broadcast(LANES, BIAS);
    DoubleVector high0 = broadcast(LANES, BIAS);
    DoubleVector low1 = DoubleVector.zero(LANES);
    DoubleVector high1 = DoubleVector.zero(LANES);
    DoubleVector b0 = broadcast(LANES, d[0]);
    low0 = b0.fma(fromArray(LANES, inverse, 12), low0);
    high0 = b0.fma(fromArray(LANES, inverse, 20), high0);
    DoubleVector b1 = broadcast(LANES, d[1]);
    low1 = b1.fma(fromArray(LANES, inverse, 11), low1);
    high1 = b1.fma(fromArray(LANES, inverse, 19), high1);
    DoubleVector b2 = broadcast(LANES, d[2]);
    low0 = b2.fma(fromArray(LANES, inverse, 10), low0);
    high0 = b2.fma(fromArray(LANES, inverse, 18), high0);
    DoubleVector b3 = broadcast(LANES, d[3]);
    low1 = b3.fma(fromArray(LANES, inverse, 9), low1);
    high1 = b3.fma(fromArray(LANES, inverse, 17), high1);
    DoubleVector b4 = broadcast(LANES, d[4]);
    low0 = b4.fma(fromArray(LANES, inverse, 8), low0);
    high0 = b4.fma(fromArray(LANES, inverse, 16), high0);
    DoubleVector b5 = broadcast(LANES, d[5]);
    low1 = b5.fma(fromArray(LANES, inverse, 7), low1);
    high1 = b5.fma(fromArray(LANES, inverse, 15), high1);
    DoubleVector b6 = broadcast(LANES, d[6]);
    low0 = b6.fma(fromArray(LANES, inverse, 6), low0);
    high0 = b6.fma(fromArray(LANES, inverse, 14), high0);
    DoubleVector b7 = broadcast(LANES, d[7]);
    low1 = b7.fma(fromArray(LANES, inverse, 5), low1);
    high1 = b7.fma(fromArray(LANES, inverse, 13), high1);
    DoubleVector b8 = broadcast(LANES, d[8]);
    low0 = b8.fma(fromArray(LANES, inverse, 4), low0);
    high0 = b8.fma(fromArray(LANES, inverse, 12), high0);
    DoubleVector b9 = broadcast(LANES, d[9]);
    low1 = b9.fma(fromArray(LANES, inverse, 3), low1);
    high1 = b9.fma(fromArray(LANES, inverse, 11), high1);
    DoubleVector b10 = broadcast(LANES, d[10]);
    low0 = b10.fma(fromArray(LANES, inverse, 2), low0);
    high0 = b10.fma(fromArray(LANES, inverse, 10), high0);
    DoubleVector b11 = broadcast(LANES, d[11]);
    low1 = b11.fma(fromArray(LANES, inverse, 1), low1);
    high1 = b11.fma(fromArray(LANES, inverse, 9), high1);
    low0.add(low1).intoArray(into, 0);
    high0.add(high1).intoArray(into, 8);
  }

  /**
   * The cleared group is a multiple of W, so that its two highest columns tell its carry: what the
   * others hold is below 2^-14 of it, and rounding removes that.
   */
  private static long carryOfClearedGroup(double[] columns) {
    long high = Double.doubleToRawLongBits(columns[11 * 8]) - BIAS_BITS;
    long low = Double.doubleToRawLongBits(columns[10 * 8]) - BIAS_BITS;
    return (high + ((low + HALF) >> RADIX_BITS) + HALF) >> RADIX_BITS;
  }

  /**
   * Moves the columns down a last time and makes digits of them: two rounds in which every column
   * passes its high part on at once. The first leaves carries below 2^29 beside digits of 2^21, the
   * second carries below 2^8. Adding and subtracting SPLIT rounds to the high part. Written out,
   * without methods of our own: HotSpot would not inline them, and make objects of the vectors.
   */
  private static void normalise(double[] columns, long carry, double[] x) {
    DoubleVector y0 =
        fromArray(LANES, columns, 0)
            .rearrange(DOWN)
            .fma(KEPT, fromArray(LANES, columns, 96))
            .sub(BIAS);
    DoubleVector c0 = y0.add(SPLIT).sub(SPLIT);
    DoubleVector y1 =
        fromArray(LANES, columns, 8)
            .rearrange(DOWN)
            .fma(KEPT, fromArray(LANES, columns, 104))
            .sub(BIAS);
    DoubleVector c1 = y1.add(SPLIT).sub(SPLIT);
    DoubleVector y2 =
        fromArray(LANES, columns, 16)
            .rearrange(DOWN)
            .fma(KEPT, fromArray(LANES, columns, 112))
            .sub(BIAS);
    DoubleVector c2 = y2.add(SPLIT).sub(SPLIT);
    DoubleVector y3 =
        fromArray(LANES, columns, 24)
            .rearrange(DOWN)
            .fma(KEPT, fromArray(LANES, columns, 120))
            .sub(BIAS);
    DoubleVector c3 = y3.add(SPLIT).sub(SPLIT);
    DoubleVector y4 =
        fromArray(LANES, columns, 32)
            .rearrange(DOWN)
            .fma(KEPT, fromArray(LANES, columns, 128))
            .sub(BIAS);
    DoubleVector c4 = y4.add(SPLIT).sub(SPLIT);
    DoubleVector y5 =
        fromArray(LANES, columns, 40)
            .rearrange(DOWN)
            .fma(KEPT, fromArray(LANES, columns, 136))
            .sub(BIAS);
    DoubleVector c5 = y5.add(SPLIT).sub(SPLIT);
    DoubleVector y6 =
        fromArray(LANES, columns, 48)
            .rearrange(DOWN)
            .fma(KEPT, fromArray(LANES, columns, 144))
            .sub(BIAS);
    DoubleVector c6 = y6.add(SPLIT).sub(SPLIT);
    DoubleVector y7 =
        fromArray(LANES, columns, 56)
            .rearrange(DOWN)
            .fma(KEPT, fromArray(LANES, columns, 152))
            .sub(BIAS);
    DoubleVector c7 = y7.add(SPLIT).sub(SPLIT);
    DoubleVector y8 =
        fromArray(LANES, columns, 64)
            .rearrange(DOWN)
            .fma(KEPT, fromArray(LANES, columns, 160))
            .sub(BIAS);
    DoubleVector c8 = y8.add(SPLIT).sub(SPLIT);
    DoubleVector y9 =
        fromArray(LANES, columns, 72)
            .rearrange(DOWN)
            .fma(KEPT, fromArray(LANES, columns, 168))
            .sub(BIAS);
    DoubleVector c9 = y9.add(SPLIT).sub(SPLIT);
    DoubleVector y10 =
        fromArray(LANES, columns, 80)
            .rearrange(DOWN)
            .fma(KEPT, fromArray(LANES, columns, 176))
            .sub(BIAS);
    DoubleVector c10 = y10.add(SPLIT).sub(SPLIT);
    DoubleVector y11 =
        fromArray(LANES, columns, 88)
            .rearrange(DOWN)
            .fma(KEPT, fromArray(LANES, columns, 184))
            .sub(BIAS);
    DoubleVector c11 = y11.add(SPLIT).sub(SPLIT);

    DoubleVector in = c11.rearrange(UP).mul(SCALED_BUT_LANE_0);
    DoubleVector z0 = y0.sub(c0).add(broadcast(LANES, (double) carry).fma(LANE_0, in));
    DoubleVector e0 = z0.add(SPLIT).sub(SPLIT);
    DoubleVector z1 = y1.sub(c1).add(c0.mul(SCALE));
    DoubleVector e1 = z1.add(SPLIT).sub(SPLIT);
    DoubleVector z2 = y2.sub(c2).add(c1.mul(SCALE));
    DoubleVector e2 = z2.add(SPLIT).sub(SPLIT);
    DoubleVector z3 = y3.sub(c3).add(c2.mul(SCALE));
    DoubleVector e3 = z3.add(SPLIT).sub(SPLIT);
    DoubleVector z4 = y4.sub(c4).add(c3.mul(SCALE));
    DoubleVector e4 = z4.add(SPLIT).sub(SPLIT);
    DoubleVector z5 = y5.sub(c5).add(c4.mul(SCALE));
    DoubleVector e5 = z5.add(SPLIT).sub(SPLIT);
    DoubleVector z6 = y6.sub(c6).add(c5.mul(SCALE));
    DoubleVector e6 = z6.add(SPLIT).sub(SPLIT);
    DoubleVector z7 = y7.sub(c7).add(c6.mul(SCALE));
    DoubleVector e7 = z7.add(SPLIT).sub(SPLIT);
    DoubleVector z8 = y8.sub(c8).add(c7.mul(SCALE));
    DoubleVector e8 = z8.add(SPLIT).sub(SPLIT);
    DoubleVector z9 = y9.sub(c9).add(c8.mul(SCALE));
    DoubleVector e9 = z9.add(SPLIT).sub(SPLIT);
    DoubleVector z10 = y10.sub(c10).add(c9.mul(SCALE));
    DoubleVector e10 = z10.add(SPLIT).sub(SPLIT);
    DoubleVector z11 = y11.sub(c11).add(c10.mul(SCALE));
    DoubleVector e11 = z11.add(SPLIT).sub(SPLIT);

    z0.sub(e0).add(e11.rearrange(UP).mul(SCALED_BUT_LANE_0)).intoArray(x, 0);
    z1.sub(e1).add(e0.mul(SCALE)).intoArray(x, 8);
    z2.sub(e2).add(e1.mul(SCALE)).intoArray(x, 16);
    z3.sub(e3).add(e2.mul(SCALE)).intoArray(x, 24);
    z4.sub(e4).add(e3.mul(SCALE)).intoArray(x, 32);
    z5.sub(e5).add(e4.mul(SCALE)).intoArray(x, 40);
    z6.sub(e6).add(e5.mul(SCALE)).intoArray(x, 48);
    z7.sub(e7).add(e6.mul(SCALE)).intoArray(x, 56);
    z8.sub(e8).add(e7.mul(SCALE)).intoArray(x, 64);
    z9.sub(e9).add(e8.mul(SCALE)).intoArray(x, 72);
    z10.sub(e10).add(e9.mul(SCALE)).intoArray(x, 80);
    z11.sub(e11).add(e10.mul(SCALE)).intoArray(x, 88);
  }
}
