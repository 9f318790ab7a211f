package org.tidelock.engine.kernel.jvm;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static org.tidelock.engine.kernel.jvm.VectorLanes.DOWN;
import static org.tidelock.engine.kernel.jvm.VectorLanes.ENTERING;
import static org.tidelock.engine.kernel.jvm.VectorLanes.KEPT;
import static org.tidelock.engine.kernel.jvm.VectorLanes.LANES;

import jdk.incubator.vector.DoubleVector;

/**
 * The products of the vector kernel: all its multiplications but those of one digit group.
 *
 * <p>Both methods are written out, digit by digit: only where every index is a constant does
 * HotSpot keep the vectors in registers. They must not be merged, either. One method for both has
 * more operations than HotSpot inlines into one compilation, and the vectors become objects.
 */
final class VectorProducts {

  private VectorProducts() {}

  /**
   * Moves the columns down by one group, then adds one row of the square: digit group {@code group}
   * of x times x. Pairs of digits in different registers are formed once and doubled.
   *
   * <p>The upper twelve registers stand one lane too high, so that moving down adds them where they
   * are. Whatever was in lane 0 is dropped.
   */
  static void addSquareRow(double[] columns, double[] x, double[] twiceX, int group) {
    DoubleVector a0 =
        fromArray(LANES, columns, 0).rearrange(DOWN).fma(KEPT, fromArray(LANES, columns, 96));
    DoubleVector a1 =
        fromArray(LANES, columns, 8).rearrange(DOWN).fma(KEPT, fromArray(LANES, columns, 104));
    DoubleVector a2 =
        fromArray(LANES, columns, 16).rearrange(DOWN).fma(KEPT, fromArray(LANES, columns, 112));
    DoubleVector a3 =
        fromArray(LANES, columns, 24).rearrange(DOWN).fma(KEPT, fromArray(LANES, columns, 120));
    DoubleVector a4 =
        fromArray(LANES, columns, 32).rearrange(DOWN).fma(KEPT, fromArray(LANES, columns, 128));
    DoubleVector a5 =
        fromArray(LANES, columns, 40).rearrange(DOWN).fma(KEPT, fromArray(LANES, columns, 136));
    DoubleVector a6 =
        fromArray(LANES, columns, 48).rearrange(DOWN).fma(KEPT, fromArray(LANES, columns, 144));
    DoubleVector a7 =
        fromArray(LANES, columns, 56).rearrange(DOWN).fma(KEPT, fromArray(LANES, columns, 152));
    DoubleVector a8 =
        fromArray(LANES, columns, 64).rearrange(DOWN).fma(KEPT, fromArray(LANES, columns, 160));
    DoubleVector a9 =
        fromArray(LANES, columns, 72).rearrange(DOWN).fma(KEPT, fromArray(LANES, columns, 168));
    DoubleVector a10 =
        fromArray(LANES, columns, 80).rearrange(DOWN).fma(KEPT, fromArray(LANES, columns, 176));
    DoubleVector a11 =
        fromArray(LANES, columns, 88).rearrange(DOWN).fma(KEPT, fromArray(LANES, columns, 184));
    DoubleVector a12 = ENTERING;
    DoubleVector a13 = ENTERING;
    DoubleVector a14 = ENTERING;
    DoubleVector a15 = ENTERING;
    DoubleVector a16 = ENTERING;
    DoubleVector a17 = ENTERING;
    DoubleVector a18 = ENTERING;
    DoubleVector a19 = ENTERING;
    DoubleVector a20 = ENTERING;
    DoubleVector a21 = ENTERING;
    DoubleVector a22 = ENTERING;
    DoubleVector a23 = ENTERING;

    DoubleVector v0 = fromArray(LANES, x, 0);
    DoubleVector b0 = broadcast(LANES, x[group + 0]);
    a0 = b0.fma(v0, a0);
    a0.intoArray(columns, 0);

    DoubleVector v1 = fromArray(LANES, x, 8);
    DoubleVector b1 = broadcast(LANES, x[group + 8]);
    DoubleVector d1 = broadcast(LANES, twiceX[group + 8]);
    a1 = d1.fma(v0, a1);
    a2 = b1.fma(v1, a2);
    a1.intoArray(columns, 8);

    DoubleVector v2 = fromArray(LANES, x, 16);
    DoubleVector b2 = broadcast(LANES, x[group + 16]);
    DoubleVector d2 = broadcast(LANES, twiceX[group + 16]);
    a2 = d2.fma(v0, a2);
    a3 = d2.fma(v1, a3);
    a4 = b2.fma(v2, a4);
    a2.intoArray(columns, 16);

    DoubleVector v3 = fromArray(LANES, x, 24);
    DoubleVector b3 = broadcast(LANES, x[group + 24]);
    DoubleVector d3 = broadcast(LANES, twiceX[group + 24]);
    a3 = d3.fma(v0, a3);
    a4 = d3.fma(v1, a4);
    a5 = d3.fma(v2, a5);
    a6 = b3.fma(v3, a6);
    a3.intoArray(columns, 24);

    DoubleVector v4 = fromArray(LANES, x, 32);
    DoubleVector b4 = broadcast(LANES, x[group + 32]);
    DoubleVector d4 = broadcast(LANES, twiceX[group + 32]);
    a4 = d4.fma(v0, a4);
    a5 = d4.fma(v1, a5);
    a6 = d4.fma(v2, a6);
    a7 = d4.fma(v3, a7);
    a8 = b4.fma(v4, a8);
    a4.intoArray(columns, 32);

    DoubleVector v5 = fromArray(LANES, x, 40);
    DoubleVector b5 = broadcast(LANES, x[group + 40]);
    DoubleVector d5 = broadcast(LANES, twiceX[group + 40]);
    a5 = d5.fma(v0, a5);
    a6 = d5.fma(v1, a6);
    a7 = d5.fma(v2, a7);
    a8 = d5.fma(v3, a8);
    a9 = d5.fma(v4, a9);
    a10 = b5.fma(v5, a10);
    a5.intoArray(columns, 40);

    DoubleVector v6 = fromArray(LANES, x, 48);
    DoubleVector b6 = broadcast(LANES, x[group + 48]);
    DoubleVector d6 = broadcast(LANES, twiceX[group + 48]);
    a6 = d6.fma(v0, a6);
    a7 = d6.fma(v1, a7);
    a8 = d6.fma(v2, a8);
    a9 = d6.fma(v3, a9);
    a10 = d6.fma(v4, a10);
    a11 = d6.fma(v5, a11);
    a12 = b6.fma(v6, a12);
    a6.intoArray(columns, 48);

    DoubleVector v7 = fromArray(LANES, x, 56);
    DoubleVector b7 = broadcast(LANES, x[group + 56]);
    DoubleVector d7 = broadcast(LANES, twiceX[group + 56]);
    a7 = d7.fma(v0, a7);
    a8 = d7.fma(v1, a8);
    a9 = d7.fma(v2, a9);
    a10 = d7.fma(v3, a10);
    a11 = d7.fma(v4, a11);
    a12 = d7.fma(v5, a12);
    a13 = d7.fma(v6, a13);
    a14 = b7.fma(v7, a14);
    a7.intoArray(columns, 56);

    DoubleVector v8 = fromArray(LANES, x, 64);
    DoubleVector b8 = broadcast(LANES, x[group + 64]);
    DoubleVector d8 = broadcast(LANES, twiceX[group + 64]);
    a8 = d8.fma(v0, a8);
    a9 = d8.fma(v1, a9);
    a10 = d8.fma(v2, a10);
    a11 = d8.fma(v3, a11);
    a12 = d8.fma(v4, a12);
    a13 = d8.fma(v5, a13);
    a14 = d8.fma(v6, a14);
    a15 = d8.fma(v7, a15);
    a16 = b8.fma(v8, a16);
    a8.intoArray(columns, 64);

    DoubleVector v9 = fromArray(LANES, x, 72);
    DoubleVector b9 = broadcast(LANES, x[group + 72]);
    DoubleVector d9 = broadcast(LANES, twiceX[group + 72]);
    a9 = d9.fma(v0, a9);
    a10 = d9.fma(v1, a10);
    a11 = d9.fma(v2, a11);
    a12 = d9.fma(v3, a12);
    a13 = d9.fma(v4, a13);
    a14 = d9.fma(v5, a14);
    a15 = d9.fma(v6, a15);
    a16 = d9.fma(v7, a16);
    a17 = d9.fma(v8, a17);
    a18 = b9.fma(v9, a18);
    a9.intoArray(columns, 72);

    DoubleVector v10 = fromArray(LANES, x, 80);
    DoubleVector b10 = broadcast(LANES, x[group + 80]);
    DoubleVector d10 = broadcast(LANES, twiceX[group + 80]);
    a10 = d10.fma(v0, a10);
    a11 = d10.fma(v1, a11);
    a12 = d10.fma(v2, a12);
    a13 = d10.fma(v3, a13);
    a14 = d10.fma(v4, a14);
    a15 = d10.fma(v5, a15);
    a16 = d10.fma(v6, a16);
    a17 = d10.fma(v7, a17);
    a18 = d10.fma(v8, a18);
    a19 = d10.fma(v9, a19);
    a20 = b10.fma(v10, a20);
    a10.intoArray(columns, 80);

    DoubleVector v11 = fromArray(LANES, x, 88);
    DoubleVector b11 = broadcast(LANES, x[group + 88]);
    DoubleVector d11 = broadcast(LANES, twiceX[group + 88]);
    a11 = d11.fma(v0, a11);
    a12 = d11.fma(v1, a12);
    a13 = d11.fma(v2, a13);
    a14 = d11.fma(v3, a14);
    a15 = d11.fma(v4, a15);
    a16 = d11.fma(v5, a16);
    a17 = d11.fma(v6, a17);
    a18 = d11.fma(v7, a18);
    a19 = d11.fma(v8, a19);
    a20 = d11.fma(v9, a20);
    a21 = d11.fma(v10, a21);
    a22 = b11.fma(v11, a22);
    a11.intoArray(columns, 88);

    a12.intoArray(columns, 96);
    a13.intoArray(columns, 104);
    a14.intoArray(columns, 112);
    a15.intoArray(columns, 120);
    a16.intoArray(columns, 128);
    a17.intoArray(columns, 136);
    a18.intoArray(columns, 144);
    a19.intoArray(columns, 152);
    a20.intoArray(columns, 160);
    a21.intoArray(columns, 168);
    a22.intoArray(columns, 176);
    a23.intoArray(columns, 184);
  }

  /**
   * Adds twelve digits times a number in vector layout.
   *
   * @param digits the twelve digits at {@code from}, {@code from + stride} and so on
   */
  static void addProduct(double[] columns, double[] digits, int from, int stride, double[] v) {
    DoubleVector v0 = fromArray(LANES, v, 0);
    DoubleVector v1 = fromArray(LANES, v, 8);
    DoubleVector v2 = fromArray(LANES, v, 16);
    DoubleVector v3 = fromArray(LANES, v, 24);
    DoubleVector v4 = fromArray(LANES, v, 32);
    DoubleVector v5 = fromArray(LANES, v, 40);
    DoubleVector v6 = fromArray(LANES, v, 48);
    DoubleVector v7 = fromArray(LANES, v, 56);
    DoubleVector v8 = fromArray(LANES, v, 64);
    DoubleVector v9 = fromArray(LANES, v, 72);
    DoubleVector v10 = fromArray(LANES, v, 80);
    DoubleVector v11 = fromArray(LANES, v, 88);
    DoubleVector a0 = fromArray(LANES, columns, 0);
    DoubleVector a1 = fromArray(LANES, columns, 8);
    DoubleVector a2 = fromArray(LANES, columns, 16);
    DoubleVector a3 = fromArray(LANES, columns, 24);
    DoubleVector a4 = fromArray(LANES, columns, 32);
    DoubleVector a5 = fromArray(LANES, columns, 40);
    DoubleVector a6 = fromArray(LANES, columns, 48);
    DoubleVector a7 = fromArray(LANES, columns, 56);
    DoubleVector a8 = fromArray(LANES, columns, 64);
    DoubleVector a9 = fromArray(LANES, columns, 72);
    DoubleVector a10 = fromArray(LANES, columns, 80);

    DoubleVector a11 = fromArray(LANES, columns, 88);
    DoubleVector b0 = broadcast(LANES, digits[from + 0 * stride]);
    a0 = b0.fma(v0, a0);
    a1 = b0.fma(v1, a1);
    a2 = b0.fma(v2, a2);
    a3 = b0.fma(v3, a3);
    a4 = b0.fma(v4, a4);
    a5 = b0.fma(v5, a5);
    a6 = b0.fma(v6, a6);
    a7 = b0.fma(v7, a7);
    a8 = b0.fma(v8, a8);
    a9 = b0.fma(v9, a9);
    a10 = b0.fma(v10, a10);
    a11 = b0.fma(v11, a11);
    a0.intoArray(columns, 0);

    DoubleVector a12 = fromArray(LANES, columns, 96);
    DoubleVector b1 = broadcast(LANES, digits[from + 1 * stride]);
    a1 = b1.fma(v0, a1);
    a2 = b1.fma(v1, a2);
    a3 = b1.fma(v2, a3);
    a4 = b1.fma(v3, a4);
    a5 = b1.fma(v4, a5);
    a6 = b1.fma(v5, a6);
    a7 = b1.fma(v6, a7);
    a8 = b1.fma(v7, a8);
    a9 = b1.fma(v8, a9);
    a10 = b1.fma(v9, a10);
    a11 = b1.fma(v10, a11);
    a12 = b1.fma(v11, a12);
    a1.intoArray(columns, 8);

    DoubleVector a13 = fromArray(LANES, columns, 104);
    DoubleVector b2 = broadcast(LANES, digits[from + 2 * stride]);
    a2 = b2.fma(v0, a2);
    a3 = b2.fma(v1, a3);
    a4 = b2.fma(v2, a4);
    a5 = b2.fma(v3, a5);
    a6 = b2.fma(v4, a6);
    a7 = b2.fma(v5, a7);
    a8 = b2.fma(v6, a8);
    a9 = b2.fma(v7, a9);
    a10 = b2.fma(v8, a10);
    a11 = b2.fma(v9, a11);
    a12 = b2.fma(v10, a12);
    a13 = b2.fma(v11, a13);
    a2.intoArray(columns, 16);

    DoubleVector a14 = fromArray(LANES, columns, 112);
    DoubleVector b3 = broadcast(LANES, digits[from + 3 * stride]);
    a3 = b3.fma(v0, a3);
    a4 = b3.fma(v1, a4);
    a5 = b3.fma(v2, a5);
    a6 = b3.fma(v3, a6);
    a7 = b3.fma(v4, a7);
    a8 = b3.fma(v5, a8);
    a9 = b3.fma(v6, a9);
    a10 = b3.fma(v7, a10);
    a11 = b3.fma(v8, a11);
    a12 = b3.fma(v9, a12);
    a13 = b3.fma(v10, a13);
    a14 = b3.fma(v11, a14);
    a3.intoArray(columns, 24);

    DoubleVector a15 = fromArray(LANES, columns, 120);
    DoubleVector b4 = broadcast(LANES, digits[from + 4 * stride]);
    a4 = b4.fma(v0, a4);
    a5 = b4.fma(v1, a5);
    a6 = b4.fma(v2, a6);
    a7 = b4.fma(v3, a7);
    a8 = b4.fma(v4, a8);
    a9 = b4.fma(v5, a9);
    a10 = b4.fma(v6, a10);
    a11 = b4.fma(v7, a11);
    a12 = b4.fma(v8, a12);
    a13 = b4.fma(v9, a13);
    a14 = b4.fma(v10, a14);
    a15 = b4.fma(v11, a15);
    a4.intoArray(columns, 32);

    DoubleVector a16 = fromArray(LANES, columns, 128);
    DoubleVector b5 = broadcast(LANES, digits[from + 5 * stride]);
    a5 = b5.fma(v0, a5);
    a6 = b5.fma(v1, a6);
    a7 = b5.fma(v2, a7);
    a8 = b5.fma(v3, a8);
    a9 = b5.fma(v4, a9);
    a10 = b5.fma(v5, a10);
    a11 = b5.fma(v6, a11);
    a12 = b5.fma(v7, a12);
    a13 = b5.fma(v8, a13);
    a14 = b5.fma(v9, a14);
    a15 = b5.fma(v10, a15);
    a16 = b5.fma(v11, a16);
    a5.intoArray(columns, 40);

    DoubleVector a17 = fromArray(LANES, columns, 136);
    DoubleVector b6 = broadcast(LANES, digits[from + 6 * stride]);
    a6 = b6.fma(v0, a6);
    a7 = b6.fma(v1, a7);
    a8 = b6.fma(v2, a8);
    a9 = b6.fma(v3, a9);
    a10 = b6.fma(v4, a10);
    a11 = b6.fma(v5, a11);
    a12 = b6.fma(v6, a12);
    a13 = b6.fma(v7, a13);
    a14 = b6.fma(v8, a14);
    a15 = b6.fma(v9, a15);
    a16 = b6.fma(v10, a16);
    a17 = b6.fma(v11, a17);
    a6.intoArray(columns, 48);

    DoubleVector a18 = fromArray(LANES, columns, 144);
    DoubleVector b7 = broadcast(LANES, digits[from + 7 * stride]);
    a7 = b7.fma(v0, a7);
    a8 = b7.fma(v1, a8);
    a9 = b7.fma(v2, a9);
    a10 = b7.fma(v3, a10);
    a11 = b7.fma(v4, a11);
    a12 = b7.fma(v5, a12);
    a13 = b7.fma(v6, a13);
    a14 = b7.fma(v7, a14);
    a15 = b7.fma(v8, a15);
    a16 = b7.fma(v9, a16);
    a17 = b7.fma(v10, a17);
    a18 = b7.fma(v11, a18);
    a7.intoArray(columns, 56);

    DoubleVector a19 = fromArray(LANES, columns, 152);
    DoubleVector b8 = broadcast(LANES, digits[from + 8 * stride]);
    a8 = b8.fma(v0, a8);
    a9 = b8.fma(v1, a9);
    a10 = b8.fma(v2, a10);
    a11 = b8.fma(v3, a11);
    a12 = b8.fma(v4, a12);
    a13 = b8.fma(v5, a13);
    a14 = b8.fma(v6, a14);
    a15 = b8.fma(v7, a15);
    a16 = b8.fma(v8, a16);
    a17 = b8.fma(v9, a17);
    a18 = b8.fma(v10, a18);
    a19 = b8.fma(v11, a19);
    a8.intoArray(columns, 64);

    DoubleVector a20 = fromArray(LANES, columns, 160);
    DoubleVector b9 = broadcast(LANES, digits[from + 9 * stride]);
    a9 = b9.fma(v0, a9);
    a10 = b9.fma(v1, a10);
    a11 = b9.fma(v2, a11);
    a12 = b9.fma(v3, a12);
    a13 = b9.fma(v4, a13);
    a14 = b9.fma(v5, a14);
    a15 = b9.fma(v6, a15);
    a16 = b9.fma(v7, a16);
    a17 = b9.fma(v8, a17);
    a18 = b9.fma(v9, a18);
    a19 = b9.fma(v10, a19);
    a20 = b9.fma(v11, a20);
    a9.intoArray(columns, 72);

    DoubleVector a21 = fromArray(LANES, columns, 168);
    DoubleVector b10 = broadcast(LANES, digits[from + 10 * stride]);
    a10 = b10.fma(v0, a10);
    a11 = b10.fma(v1, a11);
    a12 = b10.fma(v2, a12);
    a13 = b10.fma(v3, a13);
    a14 = b10.fma(v4, a14);
    a15 = b10.fma(v5, a15);
    a16 = b10.fma(v6, a16);
    a17 = b10.fma(v7, a17);
    a18 = b10.fma(v8, a18);
    a19 = b10.fma(v9, a19);
    a20 = b10.fma(v10, a20);
    a21 = b10.fma(v11, a21);
    a10.intoArray(columns, 80);

    DoubleVector a22 = fromArray(LANES, columns, 176);
    DoubleVector b11 = broadcast(LANES, digits[from + 11 * stride]);
    a11 = b11.fma(v0, a11);
    a12 = b11.fma(v1, a12);
    a13 = b11.fma(v2, a13);
    a14 = b11.fma(v3, a14);
    a15 = b11.fma(v4, a15);
    a16 = b11.fma(v5, a16);
    a17 = b11.fma(v6, a17);
    a18 = b11.fma(v7, a18);
    a19 = b11.fma(v8, a19);
    a20 = b11.fma(v9, a20);
    a21 = b11.fma(v10, a21);
    a22 = b11.fma(v11, a22);
    a11.intoArray(columns, 88);

    a12.intoArray(columns, 96);
    a13.intoArray(columns, 104);
    a14.intoArray(columns, 112);
    a15.intoArray(columns, 120);
    a16.intoArray(columns, 128);
    a17.intoArray(columns, 136);
    a18.intoArray(columns, 144);
    a19.intoArray(columns, 152);
    a20.intoArray(columns, 160);
    a21.intoArray(columns, 168);
    a22.intoArray(columns, 176);
  }
}
