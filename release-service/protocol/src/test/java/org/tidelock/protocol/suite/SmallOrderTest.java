package org.tidelock.protocol.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;

class SmallOrderTest {

  private static final byte[] ZEROS = new byte[X25519.POINT_SIZE];

  @Test
  void theseAndNoOthersNextToThemGiveNoSecret() {
    assertThat(SmallOrder.encodings()).hasSize(7);
    for (Bytes encoding : SmallOrder.encodings()) {
      for (int high : new int[] {0, 0x80}) {
        byte[] point = encoding.toArray();
        point[31] |= (byte) high;
        assertThat(agreesOnZeros(point)).isTrue();
        assertThatThrownBy(() -> new EncryptionPublicKey(Suite.X25519, Bytes.of(point)))
            .isInstanceOf(IllegalArgumentException.class);
        for (int bit = 0; bit < 255; bit++) {
          byte[] other = point.clone();
          other[bit / 8] ^= (byte) (1 << bit % 8);
          assertThat(SmallOrder.isOnX25519(Bytes.of(other))).isEqualTo(agreesOnZeros(other));
        }
      }
    }
  }

  @Test
  void everyPowerOfTwoIsJudgedAsTheCurveJudges() {
    for (int bit = 0; bit < 256; bit++) {
      byte[] point = new byte[32];
      point[bit / 8] = (byte) (1 << bit % 8);
      assertThat(SmallOrder.isOnX25519(Bytes.of(point))).isEqualTo(agreesOnZeros(point));
    }
  }

  /** The scalar is a multiple of eight, as every clamped one. */
  private static boolean agreesOnZeros(byte[] point) {
    byte[] scalar = new byte[32];
    scalar[5] = 77;
    byte[] secret = new byte[32];
    X25519.scalarMult(scalar, 0, point, 0, secret, 0);
    return Bytes.of(secret).equals(Bytes.of(ZEROS));
  }
}
