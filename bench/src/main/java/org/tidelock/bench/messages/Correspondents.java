package org.tidelock.bench.messages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tidelock.bench.service.ServiceUnderLoad;
import org.tidelock.bench.service.User;
import org.tidelock.sdk.connection.ServerConnection;

/**
 * Everyone who takes part, and the connections that they share.
 *
 * @param senders who send
 * @param recipients to whom they send while there is load; their queues are not emptied
 * @param waiting to whom is sent what falls due, and who wait for it
 */
record Correspondents(
    List<ServerConnection> connections,
    List<Correspondent> senders,
    List<Correspondent> recipients,
    List<Correspondent> waiting)
    implements AutoCloseable {

  /** How many of each there are. */
  record Numbers(int connections, int senders, int recipients, int waiting) {}

  /** Registers them, one after another. */
  static Correspondents register(ServiceUnderLoad service, Path homes, Numbers numbers)
      throws IOException {
    List<ServerConnection> connections = new ArrayList<>();
    Registration registration = new Registration(service, homes, connections);
    try {
      for (int i = 0; i < numbers.connections(); i++) {
        connections.add(service.connect());
      }
      return new Correspondents(
          connections,
          registration.of(LoadTables.SENDER, numbers.senders()),
          registration.of(LoadTables.RECIPIENT, numbers.recipients()),
          registration.of("waiting", numbers.waiting()));
    } catch (IOException | RuntimeException e) {
      connections.forEach(ServerConnection::close);
      throw e;
    }
  }

  private record Registration(
      ServiceUnderLoad service, Path homes, List<ServerConnection> connections) {

    List<Correspondent> of(String kind, int count) throws IOException {
      List<Correspondent> people = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        ServerConnection connection = connections.get(i % connections.size());
        people.add(
            new Correspondent(connection, User.registered(service, connection, homes, kind + i)));
      }
      return people;
    }
  }

  @Override
  public void close() {
    connections.forEach(ServerConnection::close);
  }
}
