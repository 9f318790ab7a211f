package org.tidelock.sdk.message;

import java.time.Duration;
import java.time.Instant;
import org.tidelock.engine.calibrate.Profile;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.ModulusPolicy;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.engine.puzzle.PuzzleFormatException;
import org.tidelock.protocol.message.ChallengeKey;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.message.MessageReceipt;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.message.PuzzleBy;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.connection.LyingServerException;

/** Holds a receipt, and the puzzle it is about, against what the sender asked for. */
final class ReceiptCheck {

  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  private final SigningPublicKey serverKey;

  ReceiptCheck(SigningPublicKey serverKey) {
    this.serverKey = serverKey;
  }

  /**
   * The sender's look at what came back.
   *
   * @param sent when the message was first sent
   */
  void requireWhatWasAsked(Messages.Submission submission, Messages.Accepted accepted, Instant sent)
      throws LyingServerException {
    Envelope envelope = submission.envelope();
    MessageReceipt receipt = accepted.receipt();
    requireOf(envelope, receipt, accepted.puzzle().stream().findFirst().orElse(NO_PUZZLE));
    require(
        Sha256.of(accepted.doubleEncrypted()).equals(receipt.doubleEncryptedHash()),
        "the server's double encryption is not the one in its receipt");
    require(
        Duration.between(sent, receipt.acceptedAt()).abs().compareTo(CLOCK_TOLERANCE) <= 0,
        "the server says that it took the message at %s; it was sent at %s"
            .formatted(receipt.acceptedAt(), sent));
    if (envelope.policy() == Policy.IMMEDIATE) {
      return;
    }
    Puzzle puzzle = puzzle(envelope, accepted.puzzle().getFirst());
    if (envelope.puzzleBy() == PuzzleBy.SENDER) {
      Messages.SenderPuzzle made = submission.senderPuzzle().getFirst();
      require(
          made.puzzle().equals(accepted.puzzle().getFirst())
              && made.doubleEncrypted().equals(accepted.doubleEncrypted())
              && made.challengeCommitment().equals(receipt.challengeCommitment()),
          "the server's receipt is of another puzzle than the sender made");
    } else {
      require(
          puzzle.squarings() == squarings(envelope, receipt.acceptedAt()),
          "the server's puzzle has %d squarings; %d were asked for"
              .formatted(puzzle.squarings(), squarings(envelope, receipt.acceptedAt())));
    }
  }

  /** Anyone's look: the server signed this receipt for this envelope and this puzzle. */
  void requireOf(Envelope envelope, MessageReceipt receipt, Bytes puzzle)
      throws LyingServerException {
    require(
        receipt.isSigned(serverKey) && receipt.server().equals(envelope.server()),
        "the receipt is not signed by the server");
    require(
        receipt.message().equals(envelope.message())
            && receipt.envelopeHash().equals(envelope.hash())
            && receipt.releaseAt().equals(envelope.unlockAt()),
        "the receipt is of another envelope or release time");
    require(
        receipt.puzzleHash().equals(Sha256.of(puzzle)),
        "the puzzle is not the one in the server's receipt; the receipt proves it");
  }

  /** The puzzle, if it is one of this envelope and nobody sees a shortcut. */
  static Puzzle puzzle(Envelope envelope, Bytes encoded) throws LyingServerException {
    try {
      Puzzle puzzle = Puzzle.decode(encoded, ModulusPolicy.STANDARD);
      require(
          ChallengeKey.isHiddenFor(
              envelope, puzzle.bits(), puzzle.purpose(), puzzle.context(), puzzle.payloadBytes()),
          "the puzzle is not one of this envelope");
      return puzzle;
    } catch (PuzzleFormatException e) {
      throw new LyingServerException("the puzzle is none that can be trusted: " + e.getMessage());
    }
  }

  static final Bytes NO_PUZZLE = Bytes.of(new byte[0]);

  private static long squarings(Envelope envelope, Instant from) {
    return Profile.named(envelope.profile())
        .orElseThrow()
        .squaringsFor(Duration.between(from, envelope.unlockAt()), envelope.bits());
  }

  private static void require(boolean holds, String otherwise) throws LyingServerException {
    if (!holds) {
      throw new LyingServerException(otherwise);
    }
  }
}
