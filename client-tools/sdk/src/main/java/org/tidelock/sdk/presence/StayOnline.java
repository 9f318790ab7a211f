package org.tidelock.sdk.presence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.wire.Presence;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.sdk.account.OwnSession;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Done;
import org.tidelock.sdk.connection.EventSocket;
import org.tidelock.sdk.connection.Reconnecting;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.home.ClientHome;

/**
 * Keeps the owner online and tells who comes and goes. Opens the socket again, after ever longer
 * pauses, whenever it ends, until the login does.
 */
public final class StayOnline {

  /** How often the tokens are looked at. */
  private static final Duration TICK = Duration.ofSeconds(5);

  private final OwnSession session;

  public StayOnline(ServerConnection connection, ClientHome home) {
    this.session = new OwnSession(connection, home);
  }

  /** Who is told. */
  public interface Watcher {

    /** The owner is online from now on. Events before this may have been missed: list anew. */
    void online();

    /** Somebody came or went. What is told twice is true once. */
    void happened(Presence.Event event);

    /** The owner is offline; another attempt follows. */
    void offline();
  }

  /**
   * Stays online until the thread is interrupted or the login ends.
   *
   * @return why the server does not take the login any more
   * @throws InterruptedException when interrupted; the owner is offline then
   */
  public Answer<Done> stay(Watcher watcher) throws IOException, InterruptedException {
    Reconnecting reconnecting = new Reconnecting();
    while (true) {
      Optional<Problem> refusal = Optional.empty();
      try {
        Answer<EventSocket> answer = session.open(frame -> hand(frame, watcher));
        switch (answer) {
          case Answer.Granted<EventSocket>(EventSocket socket) -> {
            reconnecting.reached();
            staysOpen(socket, watcher);
          }
          case Answer.Refused<EventSocket>(Problem problem) -> refusal = Optional.of(problem);
        }
      } catch (UnreachableException e) {
        Reconnecting.requireNotInterrupted();
      }
      if (refusal.filter(Reconnecting::isFinal).isPresent()) {
        return new Answer.Refused<>(refusal.get());
      }
      reconnecting.pause();
    }
  }

  private void staysOpen(EventSocket socket, Watcher watcher)
      throws IOException, InterruptedException {
    try (socket) {
      watcher.online();
      while (socket.awaitEnd(TICK).isEmpty()) {
        session.keepAlive();
      }
    } finally {
      watcher.offline();
    }
  }

  /** Frames of other topics, and such as this version does not know, are not for us. */
  private static void hand(String frame, Watcher watcher) {
    if (WireJson.read(frame.getBytes(StandardCharsets.UTF_8), Presence.Frame.class)
        instanceof WireJson.Reading.Read<Presence.Frame>(Presence.Frame read)) {
      watcher.happened(read.presence());
    }
  }
}
