package org.tidelock.server.presence;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.wire.Presence;
import org.tidelock.protocol.wire.Presence.Change;
import org.tidelock.protocol.wire.Presence.Visibility;
import org.tidelock.service.db.Database;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.http.OpenSockets;
import org.tidelock.service.http.Socket;

/**
 * Tells this node's sockets who came and went, when any node made it so. Whoever may not see an
 * account is told nothing of it, and whoever may not see it any more is told that it went.
 */
public final class TellWatchers {

  private static final String TOPIC = "presence";

  private final Database database;
  private final VisibilityStore visibilities;
  private final ConnectionStore connections;
  private final OpenSockets sockets;
  private final InstantSource clock;

  TellWatchers(
      Database database,
      VisibilityStore visibilities,
      ConnectionStore connections,
      OpenSockets sockets,
      InstantSource clock) {
    this.database = database;
    this.visibilities = visibilities;
    this.connections = connections;
    this.sockets = sockets;
    this.clock = clock;
  }

  /** Somebody as the database has them now. */
  private record State(
      AccountId account,
      AccountName name,
      Visibility visibility,
      Set<AccountId> contacts,
      Optional<Instant> onlineSince) {

    boolean isShownTo(AccountId watcher, Visibility when) {
      return switch (when) {
        case EVERYONE -> true;
        case CONTACTS -> contacts.contains(watcher);
        case NOBODY -> false;
      };
    }

    boolean isShownTo(AccountId watcher) {
      return isShownTo(watcher, visibility);
    }
  }

  void heard(String message) {
    PresenceChange change = PresenceChange.parse(message);
    if (change instanceof PresenceChange.Closed closed) {
      sockets.withId(closed.connection()).ifPresent(gone -> gone.close(Socket.Ending.LOGIN_ENDED));
    }
    if (change instanceof PresenceChange.Departed departed) {
      send(
          new Presence.Event(Change.OFFLINE, departed.account(), departed.name(), clock.instant()),
          departed::wasShownTo);
    } else {
      state(change.account()).ifPresent(state -> tell(change, state));
    }
  }

  /** What was not heard cannot be told: clients open their sockets again and ask who is online. */
  void missed() {
    sockets.all().forEach(socket -> socket.close(Socket.Ending.EVENTS_LOST));
  }

  private void tell(PresenceChange change, State state) {
    boolean online = state.onlineSince.isPresent();
    switch (change) {
      case PresenceChange.Opened opened -> {
        if (online) {
          send(state, Change.ONLINE, state::isShownTo);
        }
      }
      case PresenceChange.Closed closed -> {
        if (!online) {
          send(state, Change.OFFLINE, state::isShownTo);
        }
      }
      case PresenceChange.Shown shown -> {
        if (online) {
          send(
              state,
              Change.ONLINE,
              watcher -> state.isShownTo(watcher) && !state.isShownTo(watcher, shown.before()));
          send(
              state,
              Change.OFFLINE,
              watcher -> !state.isShownTo(watcher) && state.isShownTo(watcher, shown.before()));
        }
      }
      case PresenceChange.Listed listed -> {
        if (online && state.visibility == Visibility.CONTACTS) {
          Change now = state.isShownTo(listed.contact()) ? Change.ONLINE : Change.OFFLINE;
          send(state, now, listed.contact()::equals);
        }
      }
      case PresenceChange.Departed departed -> throw new IllegalStateException("has no state");
    }
  }

  private void send(State state, Change change, Predicate<AccountId> mayKnow) {
    Instant at = state.onlineSince.filter(since -> change == Change.ONLINE).orElse(clock.instant());
    send(new Presence.Event(change, state.account, state.name, at), mayKnow);
  }

  private void send(Presence.Event event, Predicate<AccountId> mayKnow) {
    for (Socket socket : sockets.all()) {
      AccountId watcher = socket.principal().accountId();
      if (!watcher.equals(event.account()) && mayKnow.test(watcher)) {
        socket.send(TOPIC, event);
      }
    }
  }

  private Optional<State> state(AccountId account) {
    return database.inTransaction(
        transaction ->
            connections
                .nameOf(transaction, account)
                .map(name -> state(transaction, account, name)));
  }

  private State state(Transaction transaction, AccountId account, AccountName name) {
    return new State(
        account,
        name,
        visibilities.of(transaction, account),
        visibilities.contacts(transaction, account),
        connections.onlineSince(transaction, account, clock.instant()));
  }
}
