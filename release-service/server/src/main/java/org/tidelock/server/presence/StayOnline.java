package org.tidelock.server.presence;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.tidelock.service.db.Database;
import org.tidelock.service.http.Socket;
import org.tidelock.service.http.SocketTopic;

/**
 * An account is online while one of its devices has a socket open: its row lives for 45 s, and on
 * with every pong, as long as the login has a token that is good for everything.
 */
public final class StayOnline implements SocketTopic {

  private static final Duration LIFETIME = Duration.ofSeconds(45);

  private final Database database;
  private final ConnectionStore connections;
  private final InstantSource clock;

  StayOnline(Database database, ConnectionStore connections, InstantSource clock) {
    this.database = database;
    this.connections = connections;
    this.clock = clock;
  }

  @Override
  public boolean opened(Socket socket) {
    Instant now = clock.instant();
    return database.inTransaction(
        transaction ->
            connections.insert(
                transaction, socket.id(), socket.principal(), now, now.plus(LIFETIME)));
  }

  @Override
  public boolean answered(Socket socket) {
    Instant now = clock.instant();
    return database.inTransaction(
        transaction -> connections.extend(transaction, socket.id(), now, now.plus(LIFETIME)));
  }

  @Override
  public void closed(Socket socket) {
    database.inTransaction(
        transaction -> {
          connections.delete(transaction, socket.id());
          return true;
        });
  }

  /** Ends what no pong came for in time; done twice, it changes nothing more. */
  public void expire() {
    database.inTransaction(
        transaction -> {
          connections.deleteExpired(transaction, clock.instant());
          return true;
        });
  }
}
