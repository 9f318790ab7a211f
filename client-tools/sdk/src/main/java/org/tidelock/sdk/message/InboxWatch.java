package org.tidelock.sdk.message;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.sdk.account.OwnSession;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Done;
import org.tidelock.sdk.connection.EventSocket;
import org.tidelock.sdk.connection.Reconnecting;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.home.ClientHome;

/**
 * Follows a device's queue by the server's socket, and where there is none to be had, by asking.
 * However often the connection breaks, each item is handed on once: what was missed is fetched when
 * the socket is open again, and what comes twice is known by its sequence.
 */
final class InboxWatch {

  /** How often the tokens and the server's pings are looked at. */
  private static final Duration TICK = Duration.ofSeconds(5);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);

  private final Inbox inbox;
  private final OwnSession session;
  private final ClientHome home;
  private final Inbox.Watcher watcher;
  private final Reconnecting reconnecting = new Reconnecting();

  InboxWatch(Inbox inbox, OwnSession session, ClientHome home, Inbox.Watcher watcher) {
    this.inbox = inbox;
    this.session = session;
    this.home = home;
    this.watcher = watcher;
  }

  Answer<Done> run() throws IOException, InterruptedException {
    while (true) {
      Optional<Problem> refusal = Optional.empty();
      try {
        refusal = bySocketOrByAsking();
      } catch (UnreachableException e) {
        Reconnecting.requireNotInterrupted();
      }
      if (refusal.filter(Reconnecting::isFinal).isPresent()) {
        return new Answer.Refused<>(refusal.get());
      }
      reconnecting.pause();
    }
  }

  private Optional<Problem> bySocketOrByAsking() throws IOException, InterruptedException {
    BlockingQueue<List<Mailbox.Item>> frames = new LinkedBlockingQueue<>();
    Answer<EventSocket> opened = session.open(frame -> frames.addAll(items(frame)));
    if (opened instanceof Answer.Granted<EventSocket>(EventSocket socket)) {
      try (socket) {
        socket.onEnd(() -> frames.add(List.of()));
        return bySocket(socket, frames);
      }
    }
    // A proxy may let requests through and no socket. What refuses both is told by asking.
    return byAsking(LONGEST_WAIT);
  }

  private Optional<Problem> bySocket(EventSocket socket, BlockingQueue<List<Mailbox.Item>> frames)
      throws IOException, InterruptedException {
    Optional<Problem> refusal = byAsking(Duration.ZERO);
    while (refusal.isEmpty() && socket.awaitEnd(Duration.ZERO).isEmpty()) {
      List<Mailbox.Item> items = frames.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
      refusal = items == null ? problem(session.keepAlive()) : hand(items);
    }
    return refusal;
  }

  private Optional<Problem> byAsking(Duration wait) throws IOException, InterruptedException {
    Answer<List<Mailbox.Item>> answer = inbox.next(wait);
    if (answer instanceof Answer.Granted<List<Mailbox.Item>>(List<Mailbox.Item> items)) {
      reconnecting.reached();
      return hand(items);
    }
    return problem(answer);
  }

  /** Hands on what is new, and acknowledges all. */
  private Optional<Problem> hand(List<Mailbox.Item> items)
      throws IOException, InterruptedException {
    if (items.isEmpty()) {
      return Optional.empty();
    }
    long seen = home.inbox().lastSequence();
    List<Mailbox.Item> fresh = items.stream().filter(item -> item.sequence() > seen).toList();
    if (!fresh.isEmpty()) {
      watcher.came(fresh);
    }
    return problem(inbox.acknowledge(items));
  }

  /** The pages of items in a frame; frames of other topics are not for us. */
  private static List<List<Mailbox.Item>> items(String frame) {
    return WireJson.read(frame.getBytes(StandardCharsets.UTF_8), Mailbox.Frame.class)
            instanceof WireJson.Reading.Read<Mailbox.Frame>(Mailbox.Frame read)
        ? List.of(read.mailbox().items())
        : List.of();
  }

  private static Optional<Problem> problem(Answer<?> answer) {
    return answer instanceof Answer.Refused<?>(Problem problem)
        ? Optional.of(problem)
        : Optional.empty();
  }
}
