package org.tidelock.server.mailbox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tidelock.engine.puzzle.Bytes;
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

  private void came(String account) {
    open.all().stream()
        .filter(socket -> socket.principal().accountId().toString().equals(account))
        .forEach(this::push);
  }

  private void push(Socket socket) {
    boolean more = true;
    while (more) {
      long behind = sent.getOrDefault(socket.id(), 0L);
      List<Mailbox.Item> items =
          database.inTransaction(
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
