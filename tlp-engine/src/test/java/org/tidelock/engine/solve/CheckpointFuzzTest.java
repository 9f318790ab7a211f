package org.tidelock.engine.solve;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.SquaringWork;

/** Hostile bytes give a checkpoint that is written back as it was read, or a reason. */
class CheckpointFuzzTest {

  private static final SquaringWork WORK =
      new SquaringWork(
          BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE),
          BigInteger.TWO,
          1000,
          Bytes.of(new byte[32]));

  @FuzzTest(maxDuration = "3s")
  void readsOrSaysWhyNot(byte[] input) throws Exception {
    read(input);
    read(withChecksum(input));
  }

  private static void read(byte[] file) {
    switch (CheckpointCodec.decode(file, WORK)) {
      case CheckpointCodec.Decoded.Whole(Checkpoint checkpoint) -> {
        if (!Arrays.equals(CheckpointCodec.encode(checkpoint, WORK.modulus()), file)) {
          throw new AssertionError("two encodings of one checkpoint: " + Bytes.of(file));
        }
      }
      case CheckpointCodec.Decoded.Unusable(String reason) -> {
        if (reason.isBlank()) {
          throw new AssertionError("refused without a reason: " + Bytes.of(file));
        }
      }
    }
  }

  /** Past the checksum, where the fields are. */
  private static byte[] withChecksum(byte[] body) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
    byte[] file = Arrays.copyOf(body, body.length + digest.length);
    System.arraycopy(digest, 0, file, body.length, digest.length);
    return file;
  }
}
