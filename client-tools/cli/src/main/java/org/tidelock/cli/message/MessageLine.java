package org.tidelock.cli.message;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.wire.Messages;

/** A message as a list of messages tells of it: a line, or fields of a document. */
final class MessageLine {

  private MessageLine() {}

  /** A line of the list of messages received. */
  static String received(Messages.Summary summary) {
    return line(summary, "from " + summary.senderName());
  }

  /** A line of the list of messages sent. */
  static String sent(Messages.Summary summary) {
    return line(summary, "to " + summary.recipientName());
  }

  private static String line(Messages.Summary summary, String whom) {
    Envelope envelope = summary.envelope();
    return "%s  %s  %s  %s"
        .formatted(
            envelope.message(),
            whom,
            envelope.type(),
            opening(summary.state(), summary.releaseAt(), envelope));
  }

  /** How and from when on it can be opened. */
  static String opening(Messages.State state, Instant releaseAt, Envelope envelope) {
    return switch (state) {
      case WAITING -> "opens at " + toTheSecond(releaseAt);
      case RELEASED -> "open since " + toTheSecond(releaseAt);
      case PUZZLE_ONLY -> "only solving opens it, meant for " + toTheSecond(envelope.unlockAt());
      case CANCELLED -> "cancelled; only solving opens it";
      case DAMAGED -> "damaged at the server; only solving opens it";
    };
  }

  /** A time for people. */
  static Instant toTheSecond(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The fields of a document. */
  static Map<String, Object> document(Messages.Summary summary) {
    Envelope envelope = summary.envelope();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("message", envelope.message().toString());
    fields.put("from", summary.senderName().value());
    fields.put("to", summary.recipientName().value());
    fields.put("type", envelope.type());
    fields.put("state", summary.state().text());
    fields.put("policy", envelope.policy().text());
    fields.put("puzzleBy", envelope.puzzleBy().text());
    fields.put("sentAt", envelope.createdAt().toString());
    fields.put("unlockAt", envelope.unlockAt().toString());
    fields.put("releaseAt", summary.releaseAt().toString());
    return fields;
  }
}
