package org.tidelock.bench.logins;

import java.io.IOException;
import java.util.List;
import org.tidelock.bench.service.User;
import org.tidelock.protocol.statement.LoginStatement;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.wire.Login;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;

/** What is measured, as the client library says it to the server. Thread-safe. */
final class Calls {

  private final List<ServerConnection> connections;
  private final List<User> users;

  Calls(List<ServerConnection> connections, List<User> users) {
    this.connections = connections;
    this.users = users;
  }

  void prelogin(int caller) throws IOException {
    User user = user(caller);
    send(
        caller,
        Request.ask("/v1/prelogin", new Login.Prelogin(user.identity().name())),
        Login.PreloginReply.class);
  }

  /** Both steps; the token granted at the end is checked as to its form only. */
  void login(int caller) throws IOException {
    User user = user(caller);
    Login.Start start =
        Login.Start.fresh(
            user.identity().name(),
            user.identity().device(),
            user.deviceKey().publicKey(),
            user.identity().deviceName());
    Login.Challenge challenge =
        send(caller, Request.post("/v1/logins", start), Login.Challenge.class);
    LoginStatement statement =
        start.statement(connection(caller).server(), challenge.serverNonce());
    Signature signature =
        user.passwordKeys().authKey().sign(statement.withPassword(challenge.kdf()));
    send(
        caller,
        Request.post("/v1/logins/finish", new Login.Finish(challenge.login(), signature)),
        Login.Granted.class);
  }

  private <T> T send(int caller, Request request, Class<T> type) throws IOException {
    return User.requireGranted(connection(caller).send(user(caller).deviceKey(), request, type));
  }

  private ServerConnection connection(int caller) {
    return connections.get(caller % connections.size());
  }

  private User user(int caller) {
    return users.get(caller % users.size());
  }
}
