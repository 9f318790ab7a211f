package org.tidelock.engine.puzzle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassicTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n = 1234567\nt = 10\nz = 5",
        "t=10\r\nz=5\r\nn=1234\r\n   567\r\n",
        "  n =\n  123 4567\n\nt = 10\nz = 5\n",
        "n = 1234\\\n567\nthen prose\n99999999999\nt = 10\nz = 5",
        "where n = pq and t = many\n\tn\t=\t1234567\n\nn = 1234567\nt = 10\nz = 5",
      })
  void findsTheNumbersAmongProse(String text) throws PuzzleFormatException {
    assertThat(ClassicPuzzle.parse(text))
        .isEqualTo(new ClassicPuzzle(10, BigInteger.valueOf(1234567), BigInteger.valueOf(5)));
  }

  static Object[][] malformed() {
    return new Object[][] {
      {"", "no line \"t = ...\" with a decimal number; t, n and z are required"},
      {"t = 1\nz = 1", "no line \"n = ...\" with a decimal number; t, n and z are required"},
      {"t = 1\nn = 15", "no line \"z = ...\" with a decimal number; t, n and z are required"},
      {"t = 1\nt = 2\nn = 15\nz = 0", "line 2: a second, different value of t; one required"},
      {
        "t = 0\nn = 15\nz = 0",
        "t is 0; at least 1 required, for without squarings w is 2 and the message 2 XOR z"
      },
      {
        "t = 9223372036854775808\nn = 15\nz = 0",
        "t has 64 bits; at most 2^63 - 1 allowed, which is thousands of years of squaring"
      },
      {"t = 1\nn = 16\nz = 0", "n is even; a product of two odd primes required"},
      {"t = 1\nn = 7\nz = 0", "n has 3 bits; 4 to 8192 allowed"},
      {
        "t = 1\nn = 15\nz = " + BigInteger.ONE.shiftLeft(8192),
        "z has 8193 bits; at most 8192 allowed"
      },
      {"t = 1\nn = " + "9".repeat(3000), "n has more than 2467 digits; at most 8192 bits allowed"},
      {
        "n = 12345678901234567890\n12345678901234567890.\nt = 1\nz = 0",
        "line 2: goes on with n but holds more than digits"
      },
    };
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void namesWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> ClassicPuzzle.parse(text))
        .isInstanceOf(PuzzleFormatException.class)
        .hasMessage(message);
  }

  @Test
  void refusesATextOfMegabytes() {
    assertThatThrownBy(() -> ClassicPuzzle.parse(" ".repeat((1 << 20) + 1)))
        .hasMessage("text has 1048577 characters; at most 1048576 allowed");
  }

  @Test
  void hostileLinesTakeLinearTime() {
    for (String unit : new String[] {"n =", " ", "\t", "0", "0 ", "n = 1\n", "\\", "1 "}) {
      String text = "n =" + unit.repeat((1 << 20) / unit.length() - 3) + "x";
      assertThatThrownBy(() -> ClassicPuzzle.parse(text)).isInstanceOf(PuzzleFormatException.class);
    }
  }
}
