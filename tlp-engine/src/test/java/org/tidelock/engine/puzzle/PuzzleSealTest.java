package org.tidelock.engine.puzzle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class PuzzleSealTest {

  /** The SHA-256 cases of RFC 5869, appendix A. */
  @ParameterizedTest
  @CsvFileSource(resources = "/vectors/rfc5869-sha256.csv", numLinesToSkip = 1)
  void derivesWhatRfc5869Derives(
      String inputKey, String salt, String info, int length, String expected) {
    byte[] okm = PuzzleSeal.hkdf(bytes(inputKey), bytes(salt), bytes(info), length);

    assertThat(Bytes.of(okm)).isEqualTo(Bytes.ofHex(expected));
  }

  private static byte[] bytes(String hex) {
    return Bytes.ofHex(hex == null ? "" : hex).toArray();
  }
}
