package org.tidelock.engine.kernel.jvm;

import java.util.function.IntToDoubleFunction;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The constants of eight lanes that the vector kernel computes with. */
final class VectorLanes {

  static final VectorSpecies<Double> LANES = DoubleVector.SPECIES_512;

  /** Added to a column before anything else: its sum then is an integer in the mantissa's bits. */
  static final double BIAS = 0x1.8p52;

  /** Adding and subtracting it rounds to a multiple of a digit's weight, 2^22. */
  static final double SPLIT = 0x1.8p74;

  static final double SCALE = 0x1p-22;

  static final VectorShuffle<Double> DOWN = VectorShuffle.fromOp(LANES, lane -> (lane + 1) % 8);
  static final VectorShuffle<Double> UP = VectorShuffle.fromOp(LANES, lane -> (lane + 7) % 8);

  static final DoubleVector KEPT = of(lane -> lane < 7 ? 1 : 0);
  static final DoubleVector ENTERING = of(lane -> lane < 7 ? 0 : BIAS);
  static final DoubleVector LANE_0 = of(lane -> lane == 0 ? 1 : 0);
  static final DoubleVector SCALED_BUT_LANE_0 = of(lane -> lane == 0 ? 0 : SCALE);

  private VectorLanes() {}

  /** Whether this JVM computes with vectors of eight doubles, rather than imitating them. */
  static boolean available() {
    return DoubleVector.SPECIES_PREFERRED.length() >= 8;
  }

  private static DoubleVector of(IntToDoubleFunction lanes) {
    double[] values = new double[8];
    for (int lane = 0; lane < 8; lane++) {
      values[lane] = lanes.applyAsDouble(lane);
    }
    return DoubleVector.fromArray(LANES, values, 0);
  }
}
