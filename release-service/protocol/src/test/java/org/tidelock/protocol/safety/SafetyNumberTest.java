package org.tidelock.protocol.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.safety.SafetyNumber.Side;
import org.tidelock.protocol.suite.RandomBytes;

class SafetyNumberTest {

  /**
   * The digits that libsignal's own test displays for these two: they are the same for its versions
   * 1 and 2 of the code that is scanned, which this is not.
   */
  @Test
  void hasTheDigitsLibsignalPublishes() {
    Side alice =
        textSide(
            "+14152222222",
            Bytes.ofHex("0506863bc66d02b40d27b8d49ca7c09e9239236f9d7d25d6fcca5ce13c7064d868"));
    Side bob =
        textSide(
            "+14153333333",
            Bytes.ofHex("05f781b6fb32fed9ba1cf2de978d4d5da28dc34046ae814402b5c0dbd96fda907b"));

    assertThat(SafetyNumber.of(alice, bob).digits())
        .isEqualTo("300354477692869396892869876765458257569162576843440918079131");
    assertThat(SafetyNumber.of(bob, alice)).isEqualTo(SafetyNumber.of(alice, bob));
  }

  @Test
  void isTwelveGroupsOfFiveDigits() {
    SafetyNumber number = SafetyNumber.of(side(), side());

    assertThat(number.digits()).matches("[0-9]{60}");
    assertThat(number.groups()).hasSize(12).allMatch(group -> group.matches("[0-9]{5}"));
    assertThat(number.toString()).hasSize(71);
  }

  @Test
  void anotherKeyOrIdentifierGivesAnotherNumber() {
    Side own = side();
    Side peer = side();

    SafetyNumber number = SafetyNumber.of(own, peer);

    assertThat(SafetyNumber.of(own, new Side(peer.identifier(), RandomBytes.ofLength(32))))
        .isNotEqualTo(number);
    assertThat(SafetyNumber.of(own, new Side(RandomBytes.ofLength(16), peer.key())))
        .isNotEqualTo(number);
  }

  private static Side textSide(String identifier, Bytes key) {
    return new Side(Bytes.of(identifier.getBytes(StandardCharsets.UTF_8)), key);
  }

  private static Side side() {
    return new Side(RandomBytes.ofLength(16), RandomBytes.ofLength(32));
  }
}
