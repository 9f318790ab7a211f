package org.tidelock.cli.message;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.client.Refusals;
import org.tidelock.cli.files.OutputFile;
import org.tidelock.cli.files.PrivateSpool;
import org.tidelock.cli.terminal.Reporter;
import org.tidelock.cli.time.Counts;
import org.tidelock.cli.time.HumanTime;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.message.ReadOutcome;

/** Says what came of reading a message, and hands its content out if every check holds. */
final class ReadReport {

  private final Invocation invocation;
  private final Senders senders;
  private final String name;
  private final @Nullable Path output;
  private final boolean force;

  /**
   * A report.
   *
   * @param name what the message is called
   * @param output where its content goes; null or "-" for standard output
   */
  ReadReport(
      Invocation invocation, Senders senders, String name, @Nullable Path output, boolean force) {
    this.invocation = invocation;
    this.senders = senders;
    this.name = name;
    this.output = output;
    this.force = force;
  }

  /**
   * Tells it.
   *
   * @param spool holds the content, of use only if it was opened
   * @throws CommandFailure for every outcome without a content
   */
  ExitCode tell(ReadOutcome outcome, PrivateSpool spool, Squaring squaring) throws IOException {
    return switch (outcome) {
      case ReadOutcome.Opened opened -> opened(opened, spool, squaring);
      case ReadOutcome.NotYet(Messages.State state, Instant releaseAt) -> notYet(state, releaseAt);
      case ReadOutcome.Refused(String reason) -> {
        squaring.keepIfLong();
        throw refused(reason);
      }
      case ReadOutcome.NotGiven(Problem problem) -> throw notGiven(problem);
      case ReadOutcome.Interrupted _ ->
          throw new CommandFailure(
              ExitCode.INTERRUPTED,
              name + ": interrupted and saved, run the same command again to go on");
    };
  }

  private ExitCode opened(ReadOutcome.Opened opened, PrivateSpool spool, Squaring squaring)
      throws IOException {
    try {
      new Delivery(invocation, output, force).deliver(spool);
    } catch (IOException | CommandFailure e) {
      squaring.keepIfLong();
      throw e;
    }
    if (OutputFile.isStandardOutput(output)) {
      squaring.keepIfLong();
    } else {
      squaring.forget();
    }
    Reporter reporter = invocation.reporter();
    if (reporter.json()) {
      reporter.result(document(opened, squaring), "");
    } else {
      reporter.note(text(opened));
      if (!opened.confirmed()) {
        reporter.note(
            "the sender has not confirmed the server's receipt: that sender and you were shown one"
                + " puzzle is the server's word alone");
      }
    }
    return ExitCode.DONE;
  }

  private String text(ReadOutcome.Opened opened) throws IOException {
    Envelope envelope = opened.envelope();
    return "%s: %s bytes of %s from %s, sent %s%s"
        .formatted(
            name,
            Counts.grouped(opened.bytes()),
            envelope.type(),
            senders.text(envelope),
            MessageLine.toTheSecond(envelope.createdAt()),
            opened.confirmed() ? "; receipt confirmed by the sender" : "");
  }

  private Map<String, Object> document(ReadOutcome.Opened opened, Squaring squaring)
      throws IOException {
    Envelope envelope = opened.envelope();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("message", envelope.message().toString());
    fields.put("from", senders.name(envelope).orElse(null));
    fields.put("fromAccount", envelope.sender().toString());
    fields.put("type", envelope.type());
    fields.put("policy", envelope.policy().text());
    fields.put("puzzleBy", envelope.puzzleBy().text());
    fields.put("sentAt", envelope.createdAt().toString());
    fields.put("unlockAt", envelope.unlockAt().toString());
    fields.put("receiptConfirmed", opened.confirmed());
    fields.put("output", String.valueOf(output));
    fields.put("bytes", opened.bytes());
    fields.putAll(squaring.document());
    return fields;
  }

  private ExitCode notYet(Messages.State state, Instant releaseAt) {
    String message = "%s is not unlocked: %s".formatted(name, why(state, releaseAt));
    if (!invocation.options().json()) {
      throw new CommandFailure(ExitCode.NOT_YET_UNLOCKED, message);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("state", state.text());
    fields.put("releaseAt", releaseAt.toString());
    fields.put(
        "error",
        Reporter.error(
            ExitCode.NOT_YET_UNLOCKED.label(), ExitCode.NOT_YET_UNLOCKED.number(), message));
    invocation.reporter().result(fields, "");
    return ExitCode.NOT_YET_UNLOCKED;
  }

  private String why(Messages.State state, Instant releaseAt) {
    return switch (state) {
      case WAITING ->
          "it opens at %s, in %s; --wait waits for it, --solve solves its puzzle"
              .formatted(MessageLine.toTheSecond(releaseAt), HumanTime.length(left(releaseAt)));
      case PUZZLE_ONLY -> "by its sender's wish solving alone opens it; --solve does";
      case CANCELLED ->
          "its sender cancelled it, and the server hands nothing out; --solve solves its puzzle";
      case DAMAGED ->
          "what the server kept of its key was altered; --solve solves its puzzle instead";
      case RELEASED ->
          "the server calls it released, and hands nothing out; --solve needs no server";
    };
  }

  private Duration left(Instant releaseAt) {
    Duration left = Duration.between(invocation.console().clock().instant(), releaseAt);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private CommandFailure refused(String reason) {
    String evidence =
        reason.contains("receipt")
            ? "; keep it as evidence: tidelock export writes it to a file"
            : "";
    return CommandFailure.damaged("%s: %s%s".formatted(name, reason, evidence), null);
  }

  private CommandFailure notGiven(Problem problem) {
    return problem.code().filter(ProblemCode.NOT_FOUND::equals).isPresent()
        ? new CommandFailure(
            ExitCode.ERROR,
            "there is no %s for you; tidelock inbox lists those there are".formatted(name))
        : Refusals.of(problem);
  }
}
