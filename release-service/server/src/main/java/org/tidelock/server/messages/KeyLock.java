package org.tidelock.server.messages;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.tidelock.engine.calibrate.Profile;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.ModulusPolicy;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.engine.puzzle.PuzzleFormatException;
import org.tidelock.protocol.message.ChallengeKey;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.message.PuzzleBy;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.server.puzzles.PuzzleFactory;
import org.tidelock.service.http.Refusal;

/**
 * Puts a sealed message key behind a challenge key, and that behind a puzzle; or takes what the
 * sender made, after checking as much of it as can be checked without solving. For threads of
 * arithmetic.
 */
final class KeyLock {

  private final PuzzleFactory puzzles;

  KeyLock(PuzzleFactory puzzles) {
    this.puzzles = puzzles;
  }

  /**
   * A locked key.
   *
   * @param challengeKey what opens it; empty if the sender alone knows
   * @param encryptedKey what it holds; empty if the sender alone knows
   */
  record Locked(
      Optional<Bytes> puzzle,
      Bytes doubleEncrypted,
      Bytes commitment,
      Optional<ChallengeKey> challengeKey,
      Optional<Bytes> encryptedKey)
      implements AutoCloseable {

    @Override
    public void close() {
      challengeKey.ifPresent(ChallengeKey::close);
    }
  }

  /**
   * Locks.
   *
   * @throws Refusal if what came with the envelope is not what it says
   */
  Locked lock(Messages.Submission submission, Instant now) {
    Envelope envelope = submission.envelope();
    boolean bySender = envelope.puzzleBy() == PuzzleBy.SENDER;
    require(
        submission.senderPuzzle().size() == (bySender ? 1 : 0),
        "there is a puzzle of the sender if, and only if, puzzleBy is sender");
    boolean deposited = !bySender || envelope.policy() == Policy.AT_UNLOCK;
    require(
        submission.encryptedKey().size() == (deposited ? 1 : 0),
        "there is an encrypted key unless the sender makes the puzzle and it alone opens");
    for (Bytes encryptedKey : submission.encryptedKey()) {
      require(
          Sha256.of(encryptedKey).equals(envelope.encryptedKeyHash()),
          "the encrypted key is not the one whose hash is in the envelope");
    }
    return bySender
        ? takeSenders(submission, submission.senderPuzzle().getFirst())
        : lock(envelope, submission.encryptedKey().getFirst(), now);
  }

  private Locked lock(Envelope envelope, Bytes encryptedKey, Instant now) {
    ChallengeKey key = ChallengeKey.generate();
    byte[] payload = key.revealCopy();
    try {
      return new Locked(
          envelope.policy() == Policy.IMMEDIATE
              ? Optional.empty()
              : Optional.of(puzzle(envelope, payload, now).encoded()),
          key.doubleEncrypt(envelope, encryptedKey),
          key.commitment(envelope.message()),
          Optional.of(key),
          Optional.of(encryptedKey));
    } finally {
      Arrays.fill(payload, (byte) 0);
    }
  }

  private Puzzle puzzle(Envelope envelope, byte[] payload, Instant now) {
    Profile profile = Profile.named(envelope.profile()).orElseThrow();
    long squarings;
    try {
      squarings = profile.squaringsFor(Duration.between(now, envelope.unlockAt()), envelope.bits());
    } catch (IllegalArgumentException e) {
      throw new Refusal(ProblemCode.UNLOCK_TIME_REFUSED, String.valueOf(e.getMessage()));
    }
    return puzzles.make(
        envelope.bits(),
        envelope.policy() == Policy.PUZZLE_ONLY,
        squarings,
        ChallengeKey.PUZZLE_PURPOSE,
        envelope.hash(),
        payload);
  }

  private static Locked takeSenders(Messages.Submission submission, Messages.SenderPuzzle made) {
    Envelope envelope = submission.envelope();
    requireFits(envelope, made.puzzle());
    boolean deposited = envelope.policy() == Policy.AT_UNLOCK;
    require(
        made.deposit().size() == (deposited ? 1 : 0),
        "a challenge key is deposited if, and only if, the policy is at-unlock");
    Optional<ChallengeKey> key =
        made.deposit().stream()
            .findFirst()
            .flatMap(bytes -> ChallengeKey.of(SecretBytes.takeOver(bytes.toArray())));
    Optional<Bytes> encryptedKey = submission.encryptedKey().stream().findFirst();
    key.ifPresent(
        known ->
            require(
                known.commitment(envelope.message()).equals(made.challengeCommitment())
                    && known.open(envelope, made.doubleEncrypted()).equals(encryptedKey),
                "the deposited key is not the one committed to, or does not open the double"
                    + " encryption"));
    return new Locked(
        Optional.of(made.puzzle()),
        made.doubleEncrypted(),
        made.challengeCommitment(),
        key,
        encryptedKey);
  }

  private static void requireFits(Envelope envelope, Bytes encoded) {
    try {
      Puzzle puzzle = Puzzle.decode(encoded, ModulusPolicy.STANDARD);
      require(
          ChallengeKey.isHiddenFor(
              envelope, puzzle.bits(), puzzle.purpose(), puzzle.context(), puzzle.payloadBytes()),
          "the sender's puzzle is not of this envelope: bits, purpose, context or payload differ");
    } catch (PuzzleFormatException e) {
      throw new Refusal(ProblemCode.ENVELOPE_REFUSED, "the sender's puzzle: " + e.getMessage());
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Refusal(ProblemCode.ENVELOPE_REFUSED, otherwise);
    }
  }
}
