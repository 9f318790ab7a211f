package org.tidelock.engine.lockfile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.tidelock.engine.puzzle.ModulusPool;
import org.tidelock.engine.puzzle.PuzzleMaker;
import org.tidelock.engine.puzzle.TestMaker;

/** Locks with small moduli and little work, and opens by squaring. */
final class Locker {

  private static final long SQUARINGS = 500;

  private final LockFileWriter writer =
      new LockFileWriter(PuzzleMaker.onePuzzleEach(ModulusPool.onDemand(128)));

  byte[] lock(byte[] plain, boolean armored, List<Recipient> recipients) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    lock(new ByteArrayInputStream(plain), out, armored, recipients);
    return out.toByteArray();
  }

  void lock(InputStream in, OutputStream out, boolean armored, List<Recipient> recipients)
      throws IOException {
    writer.lock(in, out, new LockOptions(SQUARINGS, recipients, armored));
  }

  static byte[] open(LockFile file, List<Identity> identities) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    UnlockOutcome outcome =
        file.open(TestMaker.solve(file.info().puzzle().work()), identities, out);
    return switch (outcome) {
      case UnlockOutcome.Unlocked _ -> out.toByteArray();
      case UnlockOutcome.WrongSolution(String reason) -> throw new AssertionError(reason);
      case UnlockOutcome.NoMatchingIdentity(String reason) -> throw new AssertionError(reason);
      case UnlockOutcome.Damaged(String reason) -> throw new AssertionError(reason);
    };
  }
}
