package org.tidelock.protocol.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;

class SecretBytesTest {

  @Test
  void printsItsLengthOnly() {
    assertThat(SecretBytes.takeOver(new byte[] {1, 2, 3})).hasToString("secret of 3 bytes");
  }

  @Test
  void closingWipesTheArrayItTookOver() {
    byte[] array = {1, 2, 3};
    SecretBytes secret = SecretBytes.takeOver(array);

    secret.close();

    assertThat(array).containsOnly(0);
    assertThatThrownBy(secret::revealCopy).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingAKeyWipesItsSeed() {
    byte[] seed = SecretBytes.random(SigningKey.SEED_BYTES).revealCopy();
    SigningKey key = SigningKey.fromSeed(SecretBytes.takeOver(seed));

    key.close();

    assertThat(seed).containsOnly(0);
    assertThatThrownBy(() -> key.signRaw(Bytes.of(new byte[1])))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void matchesComparesContents() {
    SecretBytes secret = SecretBytes.takeOver(new byte[] {1, 2, 3});

    assertThat(secret.matches(SecretBytes.copyOf(new byte[] {1, 2, 3}))).isTrue();
    assertThat(secret.matches(SecretBytes.copyOf(new byte[] {1, 2, 4}))).isFalse();
    assertThat(secret.matches(SecretBytes.copyOf(new byte[] {1, 2}))).isFalse();
  }
}
