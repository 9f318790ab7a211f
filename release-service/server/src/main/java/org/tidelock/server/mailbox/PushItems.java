package org.tidelock.server.mailbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.service.db.Database;
import org.tidelock.service.db.Wakeups;
import org.tidelock.service.http.OpenSockets;
import org.tidelock.service.http.Socket;
import org.tidelock.service.http.SocketTopic;

/**
 * Sends what waits in a device's queue over its socket: all of it when the socket is opened, then
 * each item when it comes, from whichever node. An item may come twice; acknowledging is as for
 * items that were fetched.
 */
public final class PushItems implements SocketTopic {

  private static final String TOPIC = "mailbox";
  private static final int PAGE = 100;

  /** How long an item may wait of which no node told. */
  public static final Duration LOOK_INTERVAL = Duration.ofSeconds(20);

  private final Database database;
  private final Mailboxes mailboxes;
  private final OpenSockets open;
  private final Map<Bytes, Long> sent = new ConcurrentHashMap<>();

  /** Sends over the sockets that are open on this node. */
  public PushItems(Database database, Mailboxes mailboxes, OpenSockets open) {
    this.database = database;
    this.mailboxes = mailboxes;
    this.open = open;
  }

  /** Listens for what other nodes, and this one, put into queues. */
  public void listen(Wakeups wakeups) {
    wakeups.listen(Mailboxes.CHANNEL, this::came, () -> open.all().forEach(this::push));
  }

  @Override
  public boolean opened(Socket socket) {
    push(socket);
    return true;
  }

  @Override
  public boolean answered(Socket socket) {
    return true;
  }

  @Override
  public void closed(Socket socket) {
    sent.remove(socket.id());
  }

  /**
   * Sends what no node told of: one that ends right after a commit tells nothing. One statement for
   * all sockets.
   */
  public void lookAgain() {
    Map<DeviceId, Long> seen = new HashMap<>();
    for (Socket socket : open.all()) {
      long sequence = sent.getOrDefault(socket.id(), 0L);
      seen.merge(socket.principal().deviceId(), sequence, Math::min);
    }
    if (seen.isEmpty()) {
      return;
    }
    Set<DeviceId> behind =
        Set.copyOf(database.inOneStatement(transaction -> mailboxes.behindAny(transaction, seen)));
    open.all().stream()
        .filter(socket -> behind.contains(socket.principal().deviceId()))
        .forEach(this::push);
  }

  private void came(String account) {
    open.of(account).forEach(this::push);
  }

  private void push(Socket socket) {
    boolean more = true;
    while (more) {
      long behind = sent.getOrDefault(socket.id(), 0L);
      List<Mailbox.Item> items =
          database.inOneStatement(
              transaction ->
                  mailboxes.behind(transaction, socket.principal().deviceId(), behind, PAGE + 1));
      if (items.isEmpty()) {
        return;
      }
      more = items.size() > PAGE;
      List<Mailbox.Item> page = more ? items.subList(0, PAGE) : items;
      socket.send(TOPIC, new Mailbox.Page(page, more));
      sent.merge(socket.id(), page.getLast().sequence(), Math::max);
    }
    if (open.withId(socket.id()).isEmpty()) {
      sent.remove(socket.id());
    }
  }
}
