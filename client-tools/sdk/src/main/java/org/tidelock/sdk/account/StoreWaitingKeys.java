package org.tidelock.sdk.account;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.tidelock.protocol.keys.WrappedKey;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Done;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.keys.KeyServerConnection;

/** Stores the account's wrapped keys on the key server, if they wait in the home. */
public final class StoreWaitingKeys {

  private final KeyServerConnection keyServer;
  private final ClientHome home;
  private final OwnSession session;

  public StoreWaitingKeys(
      ServerConnection connection, KeyServerConnection keyServer, ClientHome home) {
    this.keyServer = keyServer;
    this.home = home;
    this.session = new OwnSession(connection, home);
  }

  /** Stores them; where none wait, it is done already. */
  public Answer<Done> store() throws IOException {
    List<WrappedKey> waiting = home.wrappedKeys().records();
    if (waiting.isEmpty()) {
      return new Answer.Granted<>(Done.DONE);
    }
    try (SigningKey device = session.identity().deviceKey()) {
      Answer<Done> answer = keyServer.store(device, session.keyTokens(), waiting);
      if (answer instanceof Answer.Refused<Done>(Problem problem) && !isOutdated(problem)) {
        return answer;
      }
      home.forgetWrappedKeys();
      return new Answer.Granted<>(Done.DONE);
    }
  }

  /**
   * The account has a newer password by now. Whoever changed it had the account key from the key
   * server, so the records were there, and only the answer that said so was lost.
   */
  private static boolean isOutdated(Problem problem) {
    return problem.code().equals(Optional.of(ProblemCode.VERSION_CONFLICT));
  }
}
