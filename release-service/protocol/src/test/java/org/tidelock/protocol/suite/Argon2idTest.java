package org.tidelock.protocol.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelock.engine.puzzle.Bytes;

class Argon2idTest {

  private static final Argon2Cost FLOOR = new Argon2Cost(19 * 1024, 2, 1);
  private static final Bytes SALT = Bytes.of(new byte[Argon2id.SALT_BYTES]);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void nativeAndJavaAgree(long seed) {
    Random random = new Random(seed);
    byte[] password = new byte[random.nextInt(80)];
    byte[] salt = new byte[Argon2id.SALT_BYTES];
    random.nextBytes(password);
    random.nextBytes(salt);
    var input =
        new Argon2Engine.Input(
            password,
            salt,
            new byte[0],
            new byte[0],
            64 + random.nextInt(2000),
            1 + random.nextInt(4),
            1 + random.nextInt(4),
            32);

    assertThat(NativeArgon2.load().hash(input))
        .as("seed %d", seed)
        .isEqualTo(new BouncyArgon2().hash(input));
  }

  @Test
  void theSameTextGivesTheSameBytesHoweverItIsTyped() {
    SecretBytes composed = Argon2id.derive("caf\u00e9".toCharArray(), SALT, FLOOR);
    SecretBytes decomposed = Argon2id.derive("cafe\u0301".toCharArray(), SALT, FLOOR);

    assertThat(composed.matches(decomposed)).isTrue();
  }

  @Test
  void anotherSaltOrCostGivesOtherBytes() {
    char[] password = "correct horse".toCharArray();
    byte[] other = new byte[Argon2id.SALT_BYTES];
    other[0] = 1;
    SecretBytes derived = Argon2id.derive(password, SALT, FLOOR);

    assertThat(derived.matches(Argon2id.derive(password, Bytes.of(other), FLOOR))).isFalse();
    assertThat(derived.matches(Argon2id.derive(password, SALT, new Argon2Cost(19 * 1024, 3, 1))))
        .isFalse();
  }

  @Test
  void refusesHalfASurrogatePair() {
    assertThatThrownBy(() -> Argon2id.derive(new char[] {'\ud800'}, SALT, FLOOR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("surrogate");
  }

  @ParameterizedTest
  @CsvSource({
    "19455, 2, 1, memoryKib is 19455; 19456 to 4194304 allowed",
    "4194305, 2, 1, memoryKib is 4194305; 19456 to 4194304 allowed",
    "19456, 1, 1, iterations is 1; 2 to 64 allowed",
    "19456, 65, 1, iterations is 65; 2 to 64 allowed",
    "19456, 2, 0, parallelism is 0; 1 to 16 allowed",
    "19456, 2, 17, parallelism is 17; 1 to 16 allowed",
  })
  void refusesACostOutsideTheBounds(int memory, int iterations, int lanes, String message) {
    assertThatThrownBy(() -> new Argon2Cost(memory, iterations, lanes)).hasMessage(message);
  }

  @Test
  void weakerMeansLessMemoryOrFewerIterations() {
    assertThat(FLOOR.isWeakerThan(Argon2Cost.DEFAULT)).isTrue();
    assertThat(new Argon2Cost(64 * 1024, 2, 1).isWeakerThan(Argon2Cost.DEFAULT)).isTrue();
    assertThat(new Argon2Cost(32 * 1024, 8, 1).isWeakerThan(Argon2Cost.DEFAULT)).isTrue();
    assertThat(Argon2Cost.DEFAULT.isWeakerThan(Argon2Cost.DEFAULT)).isFalse();
    assertThat(new Argon2Cost(64 * 1024, 4, 1).isWeakerThan(Argon2Cost.DEFAULT)).isFalse();
  }
}
