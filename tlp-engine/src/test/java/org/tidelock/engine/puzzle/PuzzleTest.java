package org.tidelock.engine.puzzle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.OpenOutcome.Damaged;
import org.tidelock.engine.puzzle.OpenOutcome.Opened;
import org.tidelock.engine.puzzle.OpenOutcome.WrongSolution;

class PuzzleTest {

  private static final byte[] PAYLOAD = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);

  private final Puzzle puzzle = TestMaker.puzzle(128, 100, PAYLOAD);

  @RepeatedTest(20)
  void opensWithWhatSolvingGives() {
    long seed = new Random().nextLong();
    System.out.println("PuzzleTest seed " + seed);
    Random random = new Random(seed);
    byte[] payload = new byte[random.nextInt(200)];
    random.nextBytes(payload);
    Puzzle made = TestMaker.puzzle(64 + 2 * random.nextInt(300), 1 + random.nextInt(5000), payload);

    BigInteger y = TestMaker.solve(made.work());

    assertThat(payloadOf(made.open(y))).isEqualTo(payload);
  }

  @Test
  void opensWithTheNegativeToo() {
    BigInteger y = TestMaker.solve(puzzle.work());

    assertThat(payloadOf(puzzle.open(puzzle.modulus().subtract(y)))).isEqualTo(PAYLOAD);
  }

  @Test
  void decodesWhatItEncoded() throws PuzzleFormatException {
    assertThat(Puzzle.decode(puzzle.encoded(), ModulusPolicy.INSECURE_ALLOW_SMALL))
        .isEqualTo(puzzle);
    assertThat(
            Puzzle.decode(puzzle.header(), puzzle.ciphertext(), ModulusPolicy.INSECURE_ALLOW_SMALL))
        .isEqualTo(puzzle);
  }

  @Test
  void theIdIsTheHashOfTheEncoding() {
    assertThat(puzzle.id()).isEqualTo(Bytes.of(Sha256.of(puzzle.encoded())));
    assertThat(puzzle.work().id()).isEqualTo(puzzle.id());
  }

  @Test
  void namesAWrongSolution() {
    BigInteger wrong = TestMaker.solve(puzzle.work()).xor(BigInteger.TWO).mod(puzzle.modulus());

    assertThat(puzzle.open(wrong)).isInstanceOf(WrongSolution.class);
    assertThat(puzzle.open(puzzle.modulus())).isInstanceOf(WrongSolution.class);
    assertThat(puzzle.open(BigInteger.ONE.negate())).isInstanceOf(WrongSolution.class);
  }

  @Test
  void namesADamagedPayload() {
    byte[] ciphertext = puzzle.ciphertext().toArray();
    ciphertext[ciphertext.length - 20] ^= 1;
    Puzzle damaged = with(puzzle, puzzle.context(), Bytes.of(ciphertext));

    assertThat(damaged.open(TestMaker.solve(puzzle.work()))).isInstanceOf(Damaged.class);
  }

  @Test
  void theHeaderIsBound() {
    Puzzle moved = with(puzzle, Bytes.of(new byte[] {1}), puzzle.ciphertext());

    assertThat(moved.open(TestMaker.solve(puzzle.work()))).isInstanceOf(WrongSolution.class);
  }

  @Test
  void everyFlippedBitIsNoticed() throws PuzzleFormatException {
    BigInteger y = TestMaker.solve(puzzle.work());
    byte[] encoded = puzzle.encoded().toArray();
    for (int bit = 0; bit < 8 * encoded.length; bit++) {
      byte[] flipped = encoded.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      Puzzle read;
      try {
        read = Puzzle.decode(Bytes.of(flipped), ModulusPolicy.INSECURE_ALLOW_SMALL);
      } catch (PuzzleFormatException refused) {
        continue;
      }
      assertThat(read.open(y)).as("bit %d", bit).isNotInstanceOf(Opened.class);
    }
  }

  @Test
  void everyTruncationIsNoticed() throws PuzzleFormatException {
    BigInteger y = TestMaker.solve(puzzle.work());
    byte[] encoded = puzzle.encoded().toArray();
    for (int length = 0; length < encoded.length; length++) {
      Puzzle read;
      try {
        read =
            Puzzle.decode(
                Bytes.of(java.util.Arrays.copyOf(encoded, length)),
                ModulusPolicy.INSECURE_ALLOW_SMALL);
      } catch (PuzzleFormatException refused) {
        continue;
      }
      assertThat(read.open(y)).as("length %d", length).isNotInstanceOf(Opened.class);
    }
  }

  @Test
  void refusesAPayloadThatIsTooLong() {
    Bytes tooLong = Bytes.of(new byte[48 + Puzzle.MAX_PAYLOAD_BYTES + 1]);

    assertThatThrownBy(() -> with(puzzle, puzzle.context(), tooLong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ciphertext has 65585 bytes; 48 to 65584 allowed");
  }

  @Test
  void theOpenedPayloadIsWipedOnClose() {
    Opened opened = (Opened) puzzle.open(TestMaker.solve(puzzle.work()));

    opened.close();

    assertThat(opened.revealPayload()).containsOnly(0);
  }

  @Test
  void doesNotPrintItsCiphertext() {
    assertThat(puzzle.toString())
        .isEqualTo("Puzzle[128 bits, 100 squarings, test, id %s]".formatted(puzzle.id()));
  }

  private static Puzzle with(Puzzle p, Bytes context, Bytes ciphertext) {
    return new Puzzle(p.modulus(), p.squarings(), p.base(), p.purpose(), context, ciphertext);
  }

  private static byte[] payloadOf(OpenOutcome outcome) {
    return switch (outcome) {
      case Opened opened -> opened.revealPayload();
      case WrongSolution(String reason) -> throw new AssertionError(reason);
      case Damaged(String reason) -> throw new AssertionError(reason);
    };
  }
}
