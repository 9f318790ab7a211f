package org.tidelock.sdk.message;

import java.time.Instant;
import org.tidelock.engine.solve.SolveReport;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.wire.Messages;

/** What came of reading a message. */
public sealed interface ReadOutcome {

  /**
   * The content was written, and every check holds.
   *
   * @param confirmed whether the sender confirmed the server's receipt; else that both openings
   *     give one key is asserted by the server alone
   * @param bytes how long the content is
   */
  record Opened(Envelope envelope, boolean confirmed, long bytes) implements ReadOutcome {}

  /**
   * It cannot be opened yet, or only by solving.
   *
   * @param releaseAt from when on the server releases, by the sender's word
   */
  record NotYet(Messages.State state, Instant releaseAt) implements ReadOutcome {}

  /** Solving was stopped; what is verified is kept, and the next run goes on from there. */
  record Interrupted(SolveReport report) implements ReadOutcome {}

  /**
   * A check did not hold, or something was damaged: nothing that was written is of use.
   *
   * @param reason what and whose fault, fit to be shown
   */
  record Refused(String reason) implements ReadOutcome {}

  /** The server did not answer with the message. */
  record NotGiven(Problem problem) implements ReadOutcome {}
}
