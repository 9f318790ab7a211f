package org.tidelock.cli.message;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.client.Client;
import org.tidelock.cli.client.Refusals;
import org.tidelock.cli.terminal.Json;
import org.tidelock.cli.terminal.SignalInterrupt;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.message.Inbox;

/** Follows this device's queue until a signal comes, and tells each item once, on a line. */
final class WatchInbox {

  private static final Duration LONG_POLL = Duration.ofSeconds(25);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Set<ProblemCode> PASSING =
      Set.of(ProblemCode.TOO_MANY_REQUESTS, ProblemCode.OVERLOADED, ProblemCode.INTERNAL);

  private final Invocation invocation;
  private final Inbox inbox;
  private Duration pause = FIRST_PAUSE;

  WatchInbox(Invocation invocation, Client client) throws IOException {
    this.invocation = invocation;
    client.identity();
    this.inbox = new Inbox(client.connection(), client.home());
  }

  /** Returns after the signal. */
  ExitCode run() throws IOException {
    try (SignalInterrupt signal = new SignalInterrupt(invocation.interruption())) {
      invocation.reporter().note("watching; Ctrl-C ends it");
      try {
        while (!signal.came()) {
          follow();
        }
      } catch (InterruptedException | IOException e) {
        if (!signal.came()) {
          throw e instanceof IOException failure ? failure : new IOException(e);
        }
      }
      return ExitCode.DONE;
    }
  }

  /** Tells what is there or comes within half a minute, or waits for a server that is away. */
  private void follow() throws IOException, InterruptedException {
    try {
      if (tell(inbox.next(LONG_POLL))) {
        pause = FIRST_PAUSE;
        return;
      }
    } catch (UnreachableException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      if (pause.equals(FIRST_PAUSE)) {
        invocation.reporter().note(e.getMessage() + "; trying again");
      }
    }
    Thread.sleep(pause);
    pause =
        pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
  }

  /** Whether the server answered. */
  private boolean tell(Answer<List<Mailbox.Item>> answer) throws IOException {
    switch (answer) {
      case Answer.Granted<List<Mailbox.Item>>(List<Mailbox.Item> items) -> {
        if (!items.isEmpty()) {
          tell(items);
          Client.granted(inbox.acknowledge(items));
        }
        return true;
      }
      case Answer.Refused<List<Mailbox.Item>>(Problem problem) -> {
        if (problem.code().filter(PASSING::contains).isEmpty()) {
          throw Refusals.of(problem);
        }
        return false;
      }
    }
  }

  private void tell(List<Mailbox.Item> items) throws IOException {
    Map<MessageId, Messages.Summary> newest =
        Client.granted(inbox.received(Optional.empty())).messages().stream()
            .collect(
                Collectors.toMap(summary -> summary.envelope().message(), Function.identity()));
    for (Mailbox.Item item : items) {
      Optional<Messages.Summary> summary = Optional.ofNullable(newest.get(item.message()));
      invocation
          .console()
          .out()
          .println(invocation.options().json() ? document(item, summary) : line(item, summary));
    }
    invocation.console().out().flush();
  }

  private static String line(Mailbox.Item item, Optional<Messages.Summary> summary) {
    return "%s  %s  %s"
        .formatted(
            MessageLine.toTheSecond(item.at()),
            item.kind().text(),
            summary.map(MessageLine::received).orElse(item.message().toString()));
  }

  private static String document(Mailbox.Item item, Optional<Messages.Summary> summary) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sequence", item.sequence());
    fields.put("kind", item.kind().text());
    fields.put("message", item.message().toString());
    fields.put("at", item.at().toString());
    summary.map(MessageLine::document).ifPresent(known -> known.forEach(fields::putIfAbsent));
    return Json.line(fields);
  }
}
