package org.tidelock.engine.puzzle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidelock.engine.puzzle.FactorOutcome.NotUsable;
import org.tidelock.engine.puzzle.FactorOutcome.Solved;
import org.tidelock.engine.puzzle.ModulusWeakness.Kind;

class ClassicPuzzleTest {

  private static final String MINI = "n = 253\nt = 10\nz = 19\n";

  @Test
  void readsLcs35AsPublished() throws Exception {
    ClassicPuzzle lcs35 = Lcs35.puzzle();

    assertThat(lcs35.modulus()).isEqualTo(Lcs35.number("n"));
    assertThat(lcs35.squarings()).isEqualTo(79_685_186_856_218L);
    assertThat(lcs35.ciphertext()).isEqualTo(Lcs35.number("z"));
    assertThat(lcs35.weaknesses()).isEmpty();
    lcs35.requireSound(ModulusPolicy.STANDARD);
  }

  @ParameterizedTest
  @CsvSource({"p", "q"})
  void lcs35OpensByAFactor(String which) throws Exception {
    ClassicPuzzle lcs35 = Lcs35.puzzle();

    BigInteger w = solved(lcs35.solveByFactor(Lcs35.number(which)));

    assertThat(w).isEqualTo(new BigInteger(Lcs35.text("w_hex"), 16));
    assertThat(lcs35.message(w).text()).contains(Lcs35.text("message"));
  }

  @ParameterizedTest
  @CsvSource({"1", "10", "1000"})
  void lcs35MeetsThePublishedValues(long squarings) throws Exception {
    SquaringWork work = Lcs35.puzzle().work();
    SquaringWork begun = new SquaringWork(work.modulus(), work.base(), squarings, work.id());

    assertThat(TestMaker.solve(begun).toString(16))
        .isEqualTo(Lcs35.values().at("/W_checkpoints_hex/" + squarings).asText());
  }

  @Test
  void theWorkedExampleGives71() throws PuzzleFormatException {
    ClassicPuzzle mini = ClassicPuzzle.parse(MINI);
    mini.requireSound(ModulusPolicy.INSECURE_ALLOW_SMALL);

    BigInteger w = TestMaker.solve(mini.work());

    assertThat(w).isEqualTo(71);
    assertThat(solved(mini.solveByFactor(BigInteger.valueOf(11)))).isEqualTo(71);
    assertThat(mini.message(w).text()).contains("T");
  }

  @Test
  void theWorkedExampleIsRefusedWithoutTheFlag() throws PuzzleFormatException {
    ClassicPuzzle mini = ClassicPuzzle.parse(MINI);

    assertThat(mini.weaknesses())
        .extracting(ModulusWeakness::kind)
        .containsExactly(Kind.SHORT, Kind.SMALL_FACTOR);
    assertThatThrownBy(() -> mini.requireSound(ModulusPolicy.STANDARD))
        .isInstanceOf(PuzzleFormatException.class)
        .hasMessage(
            "modulus has 8 bits; at least 2000 required (--insecure-allow-small-modulus to open it anyway)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "253  | 7     | does not divide n",
        "253  | 1     | greater than 1 and at most n",
        "253  | 506   | greater than 1 and at most n",
        "253  | 253   | n itself, which is composite",
        "2431 | 11    | the cofactor (8 bits) is composite",
        "2431 | 187   | divides n but is composite",
      })
  void saysWhyAFactorCannotBeUsed(long modulus, long factor, String reason) {
    ClassicPuzzle puzzle = new ClassicPuzzle(10, BigInteger.valueOf(modulus), BigInteger.ZERO);

    assertThat(puzzle.solveByFactor(BigInteger.valueOf(factor)))
        .isInstanceOfSatisfying(
            NotUsable.class, outcome -> assertThat(outcome.reason()).contains(reason));
  }

  @ParameterizedTest
  @CsvSource({"121, 11", "251, 251", "253, 23"})
  void solvesByAFactorOfAnyKind(long modulus, long factor) {
    ClassicPuzzle puzzle = new ClassicPuzzle(1234, BigInteger.valueOf(modulus), BigInteger.ZERO);

    assertThat(solved(puzzle.solveByFactor(BigInteger.valueOf(factor))))
        .isEqualTo(TestMaker.solve(puzzle.work()));
  }

  @Test
  void theIdCoversAllThreeNumbers() throws PuzzleFormatException {
    assertThat(
            java.util.stream.Stream.of(
                    MINI,
                    MINI.replace("253", "251"),
                    MINI.replace("t = 10", "t = 11"),
                    MINI.replace("z = 19", "z = 20"))
                .map(text -> parse(text).id())
                .distinct())
        .hasSize(4);
  }

  @Test
  void aMessageThatIsNoTextIsBytesOnly() {
    ClassicPuzzle puzzle =
        new ClassicPuzzle(1, BigInteger.valueOf(253), BigInteger.valueOf(0x4_01_FF));

    ClassicMessage message = puzzle.message(BigInteger.ZERO);

    assertThat(message.bytes().toHex()).isEqualTo("0401ff");
    assertThat(message.text()).isEmpty();
  }

  private static ClassicPuzzle parse(String text) {
    try {
      return ClassicPuzzle.parse(text);
    } catch (PuzzleFormatException e) {
      throw new AssertionError(e);
    }
  }

  private static BigInteger solved(FactorOutcome outcome) {
    return switch (outcome) {
      case Solved(BigInteger w) -> w;
      case NotUsable(String reason) -> throw new AssertionError(reason);
    };
  }
}
