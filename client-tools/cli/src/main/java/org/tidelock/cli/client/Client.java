package org.tidelock.cli.client;

import java.io.IOException;
import java.util.Optional;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.connection.ServerPin;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.DamagedHomeException;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.sdk.keys.KeyServerConnection;

/** The user's home at a service and the connection to its server, for one verb. */
public record Client(ClientHome home, ServerConnection connection, KeyServerConnection keyServer)
    implements AutoCloseable {

  private static final String FOLDER = "account";

  /** What a verb does with a client. */
  @FunctionalInterface
  public interface Work {
    ExitCode with(Client client) throws IOException;
  }

  /** Opens the client, does the work, and says in the command's words what went wrong. */
  public static ExitCode use(Invocation invocation, Work work) {
    return use(() -> open(invocation), work);
  }

  /**
   * As {@link #use}, for work that needs no server: none is asked for, met or spoken to.
   *
   * @throws CommandFailure if this home belongs to no account
   */
  public static ExitCode useOffline(Invocation invocation, Work work) {
    return use(() -> openOffline(invocation), work);
  }

  private interface Opening {
    Client open() throws IOException;
  }

  private static ExitCode use(Opening opening, Work work) {
    try (Client client = opening.open()) {
      return work.with(client);
    } catch (UnreachableException e) {
      throw new CommandFailure(ExitCode.SERVER_UNREACHABLE, String.valueOf(e.getMessage()), e);
    } catch (LyingServerException | DamagedHomeException e) {
      throw CommandFailure.damaged(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.ERROR, String.valueOf(e.getMessage()), e);
    }
  }

  /** The account that this home belongs to. */
  public StoredIdentity identity() throws IOException {
    return home.identity().orElseThrow(Client::noAccount);
  }

  private static CommandFailure noAccount() {
    return new CommandFailure(
        ExitCode.ERROR, "this home belongs to no account; tidelock register makes one");
  }

  /** The account of this name, if this home may belong to it. */
  public AccountName mayBeOf(AccountName asked) throws IOException {
    Optional<AccountName> own = home.identity().map(StoredIdentity::name);
    if (own.isPresent() && !own.get().equals(asked)) {
      throw CommandFailure.usage(
          "this home belongs to %s; give another --home for %s".formatted(own.get(), asked));
    }
    return asked;
  }

  /** What the server granted; what it refused ends the verb. */
  public static <T> T granted(Answer<T> answer) {
    return switch (answer) {
      case Answer.Granted<T>(T value) -> value;
      case Answer.Refused<T>(var problem) -> throw Refusals.of(problem);
    };
  }

  @Override
  public void close() {
    keyServer.close();
    connection.close();
  }

  private static Client open(Invocation invocation) throws IOException {
    ClientHome home = ClientHome.in(invocation.home().resolve(FOLDER));
    Optional<ServerPin> met = home.server();
    Optional<String> asked = invocation.server().map(Client::address);
    if (met.isPresent() && asked.filter(a -> !a.equals(met.get().address())).isEmpty()) {
      return of(home, ServerConnection.to(met.get(), invocation.console().clock()));
    }
    String address =
        asked.orElseThrow(
            () ->
                CommandFailure.usage(
                    "no server is known in this home; give --server https://HOST:PORT"));
    requireUnbound(home, met, address);
    return of(home, meet(invocation, home, address));
  }

  private static Client openOffline(Invocation invocation) throws IOException {
    ClientHome home = ClientHome.in(invocation.home().resolve(FOLDER));
    ServerPin met = home.server().orElseThrow(Client::noAccount);
    return of(home, ServerConnection.to(met, invocation.console().clock()));
  }

  private static Client of(ClientHome home, ServerConnection connection) {
    return new Client(home, connection, KeyServerConnection.of(connection, home));
  }

  private static ServerConnection meet(Invocation invocation, ClientHome home, String address)
      throws IOException {
    ServerConnection connection = ServerConnection.meet(address, invocation.console().clock());
    home.remember(connection.pin());
    invocation
        .reporter()
        .note(
            """
            met %s for the first time; compare with what its operator says:
              server id   %s
              certificate SHA-256 %s\
            """
                .formatted(address, connection.server(), connection.pin().certificate().toHex()));
    return connection;
  }

  private static void requireUnbound(ClientHome home, Optional<ServerPin> met, String address)
      throws IOException {
    if (met.isPresent() && (home.identity().isPresent() || home.registration().isPresent())) {
      throw CommandFailure.usage(
          "this home belongs to an account at %s; give another --home for %s"
              .formatted(met.get().address(), address));
    }
  }

  private static String address(String typed) {
    String whole = typed.contains("://") ? typed : "https://" + typed;
    String address = whole.replaceFirst("/+$", "");
    try {
      return ServerPin.requireAddress(address);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }
}
