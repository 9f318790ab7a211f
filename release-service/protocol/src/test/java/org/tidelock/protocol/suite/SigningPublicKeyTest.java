package org.tidelock.protocol.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;

class SigningPublicKeyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000", // the neutral element
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // of order 2
        "0000000000000000000000000000000000000000000000000000000000000000", // of order 4
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", // of order 8
        "0200000000000000000000000000000000000000000000000000000000000000", // not on the curve
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // not canonical
      })
  void aKeyThatIsNoPointOrOfSmallOrderDoesNotExist(String hex) {
    assertThatThrownBy(() -> new SigningPublicKey(Bytes.ofHex(hex)))
        .hasMessageContaining("small order");
  }

  @Test
  void aSignatureIsOverTheLabelToo() {
    SigningKey key = SigningKey.generate();
    Signature signature = key.sign(new Canonical("tidelock/v1/a").integer(1));

    assertThat(key.publicKey().verifies(new Canonical("tidelock/v1/a").integer(1), signature))
        .isTrue();
    assertThat(key.publicKey().verifies(new Canonical("tidelock/v1/b").integer(1), signature))
        .isFalse();
    assertThat(key.publicKey().verifies(new Canonical("tidelock/v1/a").integer(2), signature))
        .isFalse();
    assertThat(
            SigningKey.generate()
                .publicKey()
                .verifies(new Canonical("tidelock/v1/a").integer(1), signature))
        .isFalse();
  }
}
