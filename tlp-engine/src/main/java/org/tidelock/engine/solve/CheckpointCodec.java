package org.tidelock.engine.solve;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.engine.puzzle.CanonicalReader;
import org.tidelock.engine.puzzle.PuzzleFormatException;
import org.tidelock.engine.puzzle.Sha256;
import org.tidelock.engine.puzzle.SquaringWork;

/**
 * Checkpoints as bytes: {@code Canonical("tidelock/v1/checkpoint", puzzle id, T, position, state,
 * errors caught)} followed by its SHA-256.
 */
final class CheckpointCodec {

  /** More than any checkpoint has: a state of 65,536 bits and what stands around it. */
  static final long MAX_BYTES = 16_384;

  private static final String LABEL = "tidelock/v1/checkpoint";
  private static final int DIGEST_BYTES = 32;

  /** What the bytes of a checkpoint file turned out to be. */
  sealed interface Decoded {

    /** A checkpoint of the work asked for. */
    record Whole(Checkpoint checkpoint) implements Decoded {}

    /** Something that must not be trusted, and why. */
    record Unusable(String reason) implements Decoded {}
  }

  private CheckpointCodec() {}

  static byte[] encode(Checkpoint checkpoint, BigInteger modulus) {
    byte[] body =
        new Canonical(LABEL)
            .bytes(checkpoint.puzzleId())
            .integer(checkpoint.squarings())
            .integer(checkpoint.position())
            .number(checkpoint.state(), lengthOf(modulus))
            .integer(checkpoint.errorsCaught())
            .encoded()
            .toArray();
    byte[] file = Arrays.copyOf(body, body.length + DIGEST_BYTES);
    System.arraycopy(Sha256.of(body), 0, file, body.length, DIGEST_BYTES);
    return file;
  }

  /** Reads a checkpoint file's bytes and holds them against the work it should belong to. */
  static Decoded decode(byte[] file, SquaringWork work) {
    if (file.length < DIGEST_BYTES) {
      return new Decoded.Unusable(
          "it has %d bytes; a checkpoint ends in a checksum of %d"
              .formatted(file.length, DIGEST_BYTES));
    }
    byte[] body = Arrays.copyOf(file, file.length - DIGEST_BYTES);
    byte[] digest = Arrays.copyOfRange(file, body.length, file.length);
    if (!MessageDigest.isEqual(digest, Sha256.of(body))) {
      return new Decoded.Unusable("its checksum does not match: truncated or damaged");
    }
    try {
      return fields(body, work);
    } catch (PuzzleFormatException | IllegalArgumentException e) {
      return new Decoded.Unusable("it is no checkpoint: " + e.getMessage());
    }
  }

  private static Decoded fields(byte[] body, SquaringWork work) throws PuzzleFormatException {
    CanonicalReader reader = new CanonicalReader(body, LABEL);
    Bytes id = reader.bytes("puzzle id", 32, 32);
    if (!id.equals(work.id())) {
      return new Decoded.Unusable("it belongs to another puzzle, " + id);
    }
    long squarings = reader.integer("squarings");
    long position = reader.integer("position");
    BigInteger state = reader.number("state", lengthOf(work.modulus()));
    long errorsCaught = reader.integer("errors caught");
    reader.end();
    if (squarings != work.squarings()) {
      return new Decoded.Unusable(
          "it is for %d squarings; the puzzle has %d".formatted(squarings, work.squarings()));
    }
    if (state.compareTo(work.modulus()) >= 0) {
      return new Decoded.Unusable("its state is not below the modulus");
    }
    if (errorsCaught > Integer.MAX_VALUE) {
      return new Decoded.Unusable("it counts %d errors".formatted(errorsCaught));
    }
    return new Decoded.Whole(new Checkpoint(id, squarings, position, state, (int) errorsCaught));
  }

  private static int lengthOf(BigInteger modulus) {
    return (modulus.bitLength() + 7) / 8;
  }
}
