package org.tidelock.engine.lockfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tidelock.engine.lockfile.Keys.ALICE;
import static org.tidelock.engine.lockfile.Keys.ALICE_SECRET;
import static org.tidelock.engine.lockfile.Keys.BOB_SECRET;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidelock.engine.lockfile.UnlockOutcome.Damaged;
import org.tidelock.engine.lockfile.UnlockOutcome.NoMatchingIdentity;
import org.tidelock.engine.lockfile.UnlockOutcome.Unlocked;
import org.tidelock.engine.lockfile.UnlockOutcome.WrongSolution;
import org.tidelock.engine.puzzle.ModulusPolicy;
import org.tidelock.engine.puzzle.TestMaker;

class LockFileTest {

  private final Locker locker = new Locker();

  @ParameterizedTest
  @CsvSource({
    "0,      false, false",
    "1,      false, true",
    "47,     true,  false",
    "48,     true,  true",
    "65535,  false, false",
    "65536,  true,  false",
    "65537,  true,  true",
    "131072, false, true",
    "400000, true,  true",
  })
  void opensToWhatWasLocked(int size, boolean armored, boolean nested) throws Exception {
    byte[] plain = new byte[size];
    new Random(size).nextBytes(plain);
    byte[] locked = locker.lock(plain, armored, nested ? List.of(ALICE) : List.of());

    LockFile file = read(locked);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    UnlockOutcome outcome =
        file.open(TestMaker.solve(file.info().puzzle().work()), List.of(ALICE_SECRET), out);

    assertThat(outcome).isEqualTo(new Unlocked(size));
    assertThat(out.toByteArray()).isEqualTo(plain);
    assertThat(file.info().armored()).isEqualTo(armored);
    assertThat(file.info().nested()).isEqualTo(nested);
    assertThat(file.info().warnings()).isEmpty();
  }

  @Test
  void readsFromAPipeThatGivesSingleBytes() throws Exception {
    byte[] plain = "dribble".getBytes(StandardCharsets.UTF_8);
    for (boolean armored : new boolean[] {false, true}) {
      byte[] locked = locker.lock(plain, armored, List.of(ALICE));
      InputStream dribbling =
          new ByteArrayInputStream(locked) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
              return super.read(target, offset, Math.min(1, length));
            }
          };

      LockFile file = LockFile.read(dribbling, ModulusPolicy.INSECURE_ALLOW_SMALL);

      assertThat(Locker.open(file, List.of(ALICE_SECRET))).isEqualTo(plain);
    }
  }

  @Test
  void aWrongSolutionIsNamedAndAnotherCanBeTried() throws Exception {
    LockFile file = read(locker.lock(new byte[10], false, List.of()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(file.open(BigInteger.TWO, List.of(), out)).isInstanceOf(WrongSolution.class);

    assertThat(out.size()).isZero();
    assertThat(Locker.open(file, List.of())).hasSize(10);
  }

  @Test
  void withoutAnIdentityANestedFileStaysClosedAndCanBeTriedAgain() throws Exception {
    LockFile file = read(locker.lock(new byte[10], false, List.of(ALICE)));

    UnlockOutcome outcome =
        file.open(
            TestMaker.solve(file.info().puzzle().work()), List.of(), new ByteArrayOutputStream());

    assertThat(outcome).isInstanceOf(NoMatchingIdentity.class);
    assertThat(Locker.open(file, List.of(BOB_SECRET, ALICE_SECRET))).hasSize(10);
  }

  @Test
  void aStrangersIdentityDoesNotOpen() throws Exception {
    LockFile file = read(locker.lock(new byte[10], false, List.of(ALICE)));

    UnlockOutcome outcome =
        file.open(
            TestMaker.solve(file.info().puzzle().work()),
            List.of(BOB_SECRET),
            new ByteArrayOutputStream());

    assertThat(outcome)
        .isEqualTo(
            new NoMatchingIdentity(
                "the time-lock is open, but none of the identities given is a recipient's"));
  }

  @Test
  void everyFlippedBitIsNoticed() throws Exception {
    for (boolean armored : new boolean[] {false, true}) {
      byte[] locked = locker.lock("short".getBytes(StandardCharsets.UTF_8), armored, List.of());
      BigInteger y = TestMaker.solve(read(locked).info().puzzle().work());
      for (int bit = 0; bit < 8 * locked.length; bit++) {
        byte[] flipped = locked.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        assertNotUnlocked(flipped, y, "bit " + bit);
      }
    }
  }

  @Test
  void everyTruncationIsNoticed() throws Exception {
    byte[] locked = locker.lock(new byte[100_000], false, List.of(ALICE));
    BigInteger y = TestMaker.solve(read(locked).info().puzzle().work());
    for (int length = 0; length < locked.length; length += length < 2000 ? 1 : 997) {
      assertNotUnlocked(Arrays.copyOf(locked, length), y, "length " + length);
    }
    for (int missing = 1; missing < 50; missing++) {
      assertNotUnlocked(Arrays.copyOf(locked, locked.length - missing), y, "missing " + missing);
    }
  }

  @Test
  void aTruncatedArmorIsNoticed() throws Exception {
    byte[] locked = locker.lock(new byte[100], true, List.of());
    BigInteger y = TestMaker.solve(read(locked).info().puzzle().work());
    // The line feed behind the last line may be missing.
    for (int length = 0; length < locked.length - 1; length++) {
      assertNotUnlocked(Arrays.copyOf(locked, length), y, "length " + length);
    }
  }

  @Test
  void appendedBytesAreNoticed() throws Exception {
    byte[] locked = locker.lock(new byte[100], false, List.of());
    BigInteger y = TestMaker.solve(read(locked).info().puzzle().work());

    assertNotUnlocked(Arrays.copyOf(locked, locked.length + 1), y, "appended");
  }

  @Test
  void hostileMutationsNeverThrowAnythingElse() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("LockFileTest seed " + seed);
    Random random = new Random(seed);
    byte[] locked = locker.lock(new byte[50], false, List.of(ALICE));
    BigInteger y = TestMaker.solve(read(locked).info().puzzle().work());
    for (int i = 0; i < 1000; i++) {
      byte[] hostile = locked.clone();
      for (int change = 0; change < 3; change++) {
        int at = random.nextInt(hostile.length);
        int length = Math.min(1 + random.nextInt(30), hostile.length - at);
        switch (random.nextInt(3)) {
          case 0 ->
              System.arraycopy(locked, random.nextInt(locked.length - length), hostile, at, length);
          case 1 ->
              Arrays.fill(hostile, at, at + length, (byte) "\n ->-A=".charAt(random.nextInt(7)));
          default -> hostile[at] = (byte) random.nextInt();
        }
      }
      if (!Arrays.equals(hostile, locked)) {
        assertNotUnlocked(hostile, y, "round " + i);
      }
    }
  }

  @Test
  void aFailingInputIsAnExceptionNotDamage() throws Exception {
    byte[] locked = locker.lock(new byte[200_000], false, List.of(ALICE));
    LockFile file =
        LockFile.read(new FailingStream(locked, 150_000), ModulusPolicy.INSECURE_ALLOW_SMALL);

    assertThatThrownBy(() -> Locker.open(file, List.of(ALICE_SECRET)))
        .isInstanceOf(IOException.class)
        .hasMessage("the pipe broke");
  }

  @Test
  void aFailingInputLeavesNoFileThatLooksComplete() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InputStream failing = new FailingStream(new byte[200_000], 100_000);

    assertThatThrownBy(() -> locker.lock(failing, out, false, List.of()))
        .hasMessage("the pipe broke");

    assertThatThrownBy(() -> Locker.open(read(out.toByteArray()), List.of()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("cut short");
  }

  @Test
  void theHeaderIsAsLongAsItMustBeAndNoMoreIsRead() throws Exception {
    byte[] locked = locker.lock(new byte[0], false, List.of());

    AgeHeader header = AgeHeader.read(new ByteArrayInputStream(locked));

    assertThat(header.encoded().toArray())
        .isEqualTo(Arrays.copyOf(locked, locked.length - 16 - 16));
  }

  private static void assertNotUnlocked(byte[] bytes, BigInteger y, String what)
      throws IOException {
    LockFile file;
    try {
      file = read(bytes);
    } catch (LockFileFormatException refused) {
      return;
    }
    assertThat(file.open(y, List.of(ALICE_SECRET), new ByteArrayOutputStream()))
        .as(what)
        .isInstanceOfAny(WrongSolution.class, Damaged.class, NoMatchingIdentity.class);
  }

  private static LockFile read(byte[] bytes) throws IOException, LockFileFormatException {
    return LockFile.read(new ByteArrayInputStream(bytes), ModulusPolicy.INSECURE_ALLOW_SMALL);
  }

  /** Gives some bytes and fails. */
  private static final class FailingStream extends InputStream {
    private final byte[] bytes;
    private final int failAt;
    private int position;

    FailingStream(byte[] bytes, int failAt) {
      this.bytes = bytes;
      this.failAt = failAt;
    }

    @Override
    public int read() throws IOException {
      if (position >= failAt) {
        throw new IOException("the pipe broke");
      }
      return bytes[position++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      target[offset] = (byte) read();
      return 1;
    }
  }
}
