package org.tidelock.bench.messages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.tidelock.bench.service.User;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.sdk.connection.EventSocket;

/** A recipient who waits, by the client library, for messages to be released. */
enum Waiter {
  /** By the socket that the server pushes items over. */
  SOCKET("by socket") {
    @Override
    void await(Correspondent recipient, Told told) throws IOException, InterruptedException {
      try (EventSocket socket =
          User.requireGranted(recipient.session().open(frame -> read(frame, told)))) {
        while (!told.isOver()) {
          if (socket.awaitEnd(LOOK).isPresent()) {
            throw new IOException("the server closed a socket that items come over");
          }
        }
      }
      drain(recipient);
    }
  },
  /** By asking for the queue, which the server answers when there is something in it. */
  LONG_POLL("by long poll") {
    @Override
    void await(Correspondent recipient, Told told) throws IOException {
      while (!told.isOver()) {
        List<Mailbox.Item> items = User.requireGranted(recipient.inbox().next(POLL));
        tell(items, told);
        if (!items.isEmpty()) {
          User.requireGranted(recipient.inbox().acknowledge(items));
        }
      }
    }
  };

  private static final Duration LOOK = Duration.ofMillis(100);

  /** Short, so that waiting ends soon after what was waited for has come. */
  private static final Duration POLL = Duration.ofSeconds(5);

  private final String text;

  Waiter(String text) {
    this.text = text;
  }

  /** Who is told. */
  interface Told {

    /** The recipient's client has the item. */
    void released(MessageId message, Instant at);

    /** Whether everything has come. */
    boolean isOver();
  }

  /** How the results call it. */
  String text() {
    return text;
  }

  /** Waits until it is over, and leaves the queue empty. */
  abstract void await(Correspondent recipient, Told told) throws IOException, InterruptedException;

  /** Empties a queue. */
  static void drain(Correspondent recipient) throws IOException {
    List<Mailbox.Item> items = User.requireGranted(recipient.inbox().next(Duration.ZERO));
    while (!items.isEmpty()) {
      User.requireGranted(recipient.inbox().acknowledge(items));
      items = User.requireGranted(recipient.inbox().next(Duration.ZERO));
    }
  }

  /** Frames of other topics are not for us. */
  private static void read(String frame, Told told) {
    if (WireJson.read(frame.getBytes(StandardCharsets.UTF_8), Mailbox.Frame.class)
        instanceof WireJson.Reading.Read<Mailbox.Frame>(Mailbox.Frame pushed)) {
      tell(pushed.mailbox().items(), told);
    }
  }

  private static void tell(List<Mailbox.Item> items, Told told) {
    Instant now = Instant.now();
    for (Mailbox.Item item : items) {
      if (item.kind() == Mailbox.Kind.RELEASED) {
        told.released(item.message(), now);
      }
    }
  }
}
