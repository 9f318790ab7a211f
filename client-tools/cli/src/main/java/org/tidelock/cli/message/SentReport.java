package org.tidelock.cli.message;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.machine.EstimateReport;
import org.tidelock.cli.machine.ThisMachine;
import org.tidelock.cli.terminal.Reporter;
import org.tidelock.cli.time.Counts;
import org.tidelock.cli.time.HumanTime;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.ModulusPolicy;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.engine.puzzle.PuzzleFormatException;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.message.Draft;

/** What a sender is told: the id, when the message opens, and how long solving it takes. */
final class SentReport {

  private final Invocation invocation;
  private final ThisMachine machine;

  SentReport(Invocation invocation, ThisMachine machine) {
    this.invocation = invocation;
    this.machine = machine;
  }

  /** Tells it. The puzzle in {@code accepted} was checked by who sent. */
  void tell(Draft draft, Content content, Messages.Accepted accepted) {
    Reporter reporter = invocation.reporter();
    String id = accepted.receipt().message().toString();
    if (reporter.json()) {
      reporter.result(document(draft, content, accepted), "");
      return;
    }
    reporter.result(Map.of(), id);
    invocation.console().out().flush();
    if (reporter.quiet()) {
      return;
    }
    reporter.note(
        "sent to %s: %s bytes of %s"
            .formatted(draft.to(), Counts.grouped(content.bytes()), draft.type()));
    reporter.note(opening(draft));
    for (Bytes puzzle : accepted.puzzle()) {
      reporter.note("solving its puzzle takes");
      estimate(puzzle).lines().forEach(reporter::note);
    }
  }

  private String opening(Draft draft) {
    Instant at = MessageLine.toTheSecond(draft.unlockAt());
    return switch (draft.policy()) {
      case IMMEDIATE -> "it can be read at once";
      case AT_UNLOCK ->
          "the server hands its key out at %s, in %s"
              .formatted(at, HumanTime.length(remaining(draft.unlockAt())));
      case PUZZLE_ONLY -> "solving alone opens it, meant for " + at;
    };
  }

  private Duration remaining(Instant unlockAt) {
    Duration left = Duration.between(invocation.console().clock().instant(), unlockAt);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private Map<String, Object> document(Draft draft, Content content, Messages.Accepted accepted) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("message", accepted.receipt().message().toString());
    fields.put("to", draft.to().value());
    fields.put("type", draft.type());
    fields.put("bytes", content.bytes());
    fields.put("policy", draft.policy().text());
    fields.put("puzzleBy", draft.puzzleBy().text());
    fields.put("acceptedAt", accepted.receipt().acceptedAt().toString());
    fields.put("unlockAt", accepted.receipt().releaseAt().toString());
    if (draft.policy() != Policy.IMMEDIATE) {
      Bytes encoded = accepted.puzzle().getFirst();
      fields.put("bits", draft.bits());
      fields.put("profile", draft.profile().name());
      fields.put("squarings", puzzle(encoded).squarings());
      fields.put("estimate", estimate(encoded).document());
    }
    return fields;
  }

  private EstimateReport estimate(Bytes encoded) {
    Puzzle puzzle = puzzle(encoded);
    return new EstimateReport(machine.estimate(puzzle.squarings(), puzzle.bits()));
  }

  private static Puzzle puzzle(Bytes encoded) {
    try {
      return Puzzle.decode(encoded, ModulusPolicy.STANDARD);
    } catch (PuzzleFormatException e) {
      throw new IllegalStateException("the puzzle was checked when it came", e);
    }
  }
}
