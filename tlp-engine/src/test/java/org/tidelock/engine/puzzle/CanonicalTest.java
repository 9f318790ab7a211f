package org.tidelock.engine.puzzle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class CanonicalTest {

  private static final byte[] ENCODED =
      Bytes.ofHex(
              """
              00000001 61
              00000008 00000000000001ff
              00000003 0000ff
              00000002 c3a9
              00000000
              """
                  .replaceAll("\\s", ""))
          .toArray();

  @Test
  void writesEachFieldAsLengthAndBytes() {
    Bytes encoded =
        new Canonical("a")
            .integer(511)
            .number(BigInteger.valueOf(255), 3)
            .text("é")
            .bytes(new byte[0])
            .encoded();

    assertThat(encoded).isEqualTo(Bytes.of(ENCODED));
  }

  @Test
  void readsWhatWasWritten() throws PuzzleFormatException {
    CanonicalReader reader = new CanonicalReader(ENCODED, "a");

    assertThat(reader.integer("i")).isEqualTo(511);
    assertThat(reader.number("n", 3)).isEqualTo(255);
    assertThat(reader.text("t", 10)).isEqualTo("é");
    assertThat(reader.bytes("b", 0, 9).length()).isZero();
    reader.end();
  }

  @Test
  void refusesAnotherLabel() {
    assertThatThrownBy(() -> new CanonicalReader(ENCODED, "b"))
        .isInstanceOf(PuzzleFormatException.class)
        .hasMessage("label is not b");
  }

  @Test
  void refusesALengthBeyondTheInputWithoutAllocatingIt() throws PuzzleFormatException {
    byte[] hostile = Bytes.ofHex("00000001" + "61" + "7fffffff").toArray();
    CanonicalReader reader = new CanonicalReader(hostile, "a");

    assertThatThrownBy(() -> reader.bytes("field", 0, Integer.MAX_VALUE))
        .isInstanceOf(PuzzleFormatException.class)
        .hasMessage("ends within field");
  }

  @Test
  void refusesALengthOfFourGigabytes() throws PuzzleFormatException {
    CanonicalReader reader =
        new CanonicalReader(Bytes.ofHex("00000001" + "61" + "ffffffff").toArray(), "a");

    assertThatThrownBy(() -> reader.bytes("field", 0, 100))
        .hasMessage("field has 4294967295 bytes; 0 to 100 allowed");
  }

  @Test
  void refusesTrailingBytes() throws PuzzleFormatException {
    CanonicalReader reader = new CanonicalReader(ENCODED, "a");

    assertThatThrownBy(reader::end).hasMessage("29 trailing bytes; none allowed");
  }

  @Test
  void refusesNumbersThatDoNotFit() {
    assertThatThrownBy(() -> new Canonical("a").number(BigInteger.valueOf(256), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Canonical("a").integer(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
