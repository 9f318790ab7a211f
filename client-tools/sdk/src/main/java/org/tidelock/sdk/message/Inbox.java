package org.tidelock.sdk.message;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.account.OwnSession;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Done;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredInbox;

/** What came: this device's queue, each item once, and the account's messages. */
public final class Inbox {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);

  private final ClientHome home;
  private final OwnSession session;

  public Inbox(ServerConnection connection, ClientHome home) {
    this.home = home;
    this.session = new OwnSession(connection, home);
  }

  /**
   * The oldest items that {@link #acknowledge} has not been told of; items that come again after it
   * was are left out.
   *
   * @param wait how long to wait for one if there is none: at most 25 s
   */
  public Answer<List<Mailbox.Item>> next(Duration wait) throws IOException {
    long seconds = Math.min(wait.toSeconds(), LONGEST_WAIT.toSeconds());
    long seen = home.inbox().lastSequence();
    Answer<Mailbox.Page> answer =
        session.send(Request.get("/v1/mailbox?wait=" + seconds), Mailbox.Page.class);
    if (answer instanceof Answer.Granted<Mailbox.Page>(Mailbox.Page page)) {
      List<Mailbox.Item> again =
          page.items().stream().filter(item -> item.sequence() <= seen).toList();
      if (!again.isEmpty()) {
        // The acknowledgement was lost; else they would fill every page.
        acknowledge(again);
      }
    }
    return answer.map(
        page -> page.items().stream().filter(item -> item.sequence() > seen).toList());
  }

  /** Who watches a queue. */
  @FunctionalInterface
  public interface Watcher {

    /**
     * Items that are new, oldest first. They are acknowledged when this returns, and come again if
     * it throws.
     */
    void came(List<Mailbox.Item> items) throws IOException, InterruptedException;
  }

  /**
   * Hands on what waits and then each item when it comes, once, until the thread is interrupted or
   * the login ends. It comes by the server's socket of events, which makes the owner online; after
   * a break what was missed is fetched; where no socket can be had the server is asked again and
   * again.
   *
   * @return why the server does not take the login any more
   * @throws InterruptedException when interrupted
   */
  public Answer<Done> watch(Watcher watcher) throws IOException, InterruptedException {
    return new InboxWatch(this, session, home, watcher).run();
  }

  /** The items are dealt with: remembered here, then deleted at the server. */
  public Answer<Done> acknowledge(List<Mailbox.Item> items) throws IOException {
    long last = items.stream().mapToLong(Mailbox.Item::sequence).max().orElse(0);
    if (last > home.inbox().lastSequence()) {
      home.keep(new StoredInbox(last));
    }
    return session.send(
        Request.post(
            "/v1/mailbox/acknowledgements",
            new Mailbox.Acknowledgement(items.stream().map(Mailbox.Item::sequence).toList())),
        Done.class);
  }

  /**
   * A page of the messages to this account, newest first.
   *
   * @param after where the page before ended
   */
  public Answer<Messages.Summaries> received(Optional<MessageId> after) throws IOException {
    return session.send(Request.get(path("received", after)), Messages.Summaries.class);
  }

  /**
   * A page of the messages from this account, newest first.
   *
   * @param after where the page before ended
   */
  public Answer<Messages.Summaries> sent(Optional<MessageId> after) throws IOException {
    return session.send(Request.get(path("sent", after)), Messages.Summaries.class);
  }

  private static String path(String of, Optional<MessageId> after) {
    return "/v1/messages?of=" + of + after.map(id -> "&after=" + id).orElse("");
  }
}
