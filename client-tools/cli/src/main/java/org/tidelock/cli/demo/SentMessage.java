package org.tidelock.cli.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.tidelock.engine.calibrate.Profile;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.message.PuzzleBy;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.message.Draft;
import org.tidelock.sdk.message.ReadOutcome;

/**
 * A message that the service took, and what has to be true of it: closed before its time, and
 * opened the same.
 *
 * @param accepted the service's receipt, which the sender's client has checked and signed
 */
record SentMessage(String text, Policy policy, Instant unlockAt, Messages.Accepted accepted) {

  /** Sends it, behind a puzzle of the service's. */
  static SentMessage send(
      Person from, Person to, Policy policy, Duration ahead, Profile profile, String text)
      throws IOException {
    Instant unlockAt = from.now().plus(ahead).truncatedTo(ChronoUnit.MILLIS);
    Draft draft = Draft.text(to.name(), unlockAt).with(policy, PuzzleBy.SERVER).with(profile);
    return new SentMessage(
        text, policy, unlockAt, Person.granted(from.tidelock().send(draft, bytes(text))));
  }

  MessageId id() {
    return accepted.receipt().message();
  }

  byte[] bytes() {
    return bytes(text);
  }

  /** How long its puzzle was made for. */
  Duration solvingTime() {
    return Duration.between(accepted.receipt().acceptedAt(), unlockAt);
  }

  /**
   * Has the recipient try to read it before its time.
   *
   * @return whether it was before its time; else it may be open already
   */
  boolean isRefusedTo(Person reader) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    ReadOutcome outcome = reader.tidelock().reading().read(id(), read);
    if (policy == Policy.AT_UNLOCK && !reader.now().isBefore(unlockAt)) {
      return false;
    }
    Messages.State closed =
        policy == Policy.AT_UNLOCK ? Messages.State.WAITING : Messages.State.PUZZLE_ONLY;
    Fault.unless(
        outcome.equals(new ReadOutcome.NotYet(closed, unlockAt)) && read.size() == 0,
        "the service did not refuse a message before its time: " + outcome);
    return true;
  }

  /** Holds what was read against what was sent. The client library has checked everything else. */
  void requireSame(ReadOutcome outcome, byte[] read) throws IOException {
    switch (outcome) {
      case ReadOutcome.Opened(Envelope envelope, boolean confirmed, long _) -> {
        Fault.unless(confirmed, "the receipt lacks the sender's signature");
        Fault.unless(
            envelope.hash().equals(accepted.receipt().envelopeHash()),
            "the envelope is not the one in the sender's receipt");
        Fault.unless(Arrays.equals(read, bytes()), "what was opened is not what was sent");
      }
      case ReadOutcome.Refused(String reason) -> throw new IOException(reason);
      case ReadOutcome.NotYet _, ReadOutcome.Interrupted _, ReadOutcome.NotGiven _ ->
          throw new IOException("the message was not opened: " + outcome);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
