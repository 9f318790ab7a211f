package org.tidelock.sdk.message;

import java.time.Instant;
import java.util.Optional;
import org.tidelock.engine.calibrate.Profile;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.message.PuzzleBy;

/**
 * What a sender wants.
 *
 * @param to who is to read it
 * @param type what the content is, a media type such as {@code text/plain}
 * @param conversation 16 bytes; empty if the message begins one
 * @param unlockAt when it may be opened; not looked at if immediate
 * @param bits the length of the puzzle's modulus
 * @param profile the speed of hardware to reckon with; its name has to be one that {@link
 *     Profile#named} knows
 */
public record Draft(
    AccountName to,
    String type,
    Optional<Bytes> conversation,
    Instant unlockAt,
    Policy policy,
    PuzzleBy puzzleBy,
    int bits,
    Profile profile) {

  private static final int DEFAULT_BITS = 2048;

  public Draft {
    if (policy != Policy.IMMEDIATE && Profile.named(profile.name()).isEmpty()) {
      throw new IllegalArgumentException(
          "profile %s has no name that others know".formatted(profile.name()));
    }
  }

  /** A text that the server releases at its time, behind a puzzle of the server's. */
  public static Draft text(AccountName to, Instant unlockAt) {
    return new Draft(
        to,
        "text/plain",
        Optional.empty(),
        unlockAt,
        Policy.AT_UNLOCK,
        PuzzleBy.SERVER,
        DEFAULT_BITS,
        Profile.FASTEST_CPU);
  }

  /** A text that can be read at once. */
  public static Draft immediate(AccountName to) {
    return new Draft(
        to,
        "text/plain",
        Optional.empty(),
        Instant.EPOCH,
        Policy.IMMEDIATE,
        PuzzleBy.NOBODY,
        0,
        Profile.FASTEST_CPU);
  }

  /** The same, opened in another way. */
  public Draft with(Policy otherPolicy, PuzzleBy otherMaker) {
    return new Draft(to, type, conversation, unlockAt, otherPolicy, otherMaker, bits, profile);
  }

  /** The same with another content; what it is, a media type. */
  public Draft with(String otherType) {
    return new Draft(to, otherType, conversation, unlockAt, policy, puzzleBy, bits, profile);
  }

  /** The same, reckoned with other hardware. */
  public Draft with(Profile other) {
    return new Draft(to, type, conversation, unlockAt, policy, puzzleBy, bits, other);
  }
}
