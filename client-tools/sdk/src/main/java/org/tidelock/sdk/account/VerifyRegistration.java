package org.tidelock.sdk.account;

import java.io.IOException;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.Registration;
import org.tidelock.protocol.wire.Session;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Done;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.sdk.home.StoredRegistration;
import org.tidelock.sdk.keys.KeyServerConnection;

/**
 * Gives the code that arrived, after which the account is there and its owner logged in, and stores
 * its wrapped keys on the key server.
 */
public final class VerifyRegistration {

  private final ServerConnection connection;
  private final KeyServerConnection keyServer;
  private final ClientHome home;

  public VerifyRegistration(
      ServerConnection connection, KeyServerConnection keyServer, ClientHome home) {
    this.connection = connection;
    this.keyServer = keyServer;
    this.home = home;
  }

  /** There is an account. */
  public sealed interface Registered {

    /** Its name. */
    AccountName name();

    /** Its keys are on the key server, for other devices. */
    record WithKeys(AccountName name) implements Registered {}

    /**
     * Its keys are on this device only: the next login, or {@link StoreWaitingKeys}, tries again.
     *
     * @param reason why the key server has not taken them
     */
    record KeysWait(AccountName name, String reason) implements Registered {}
  }

  /**
   * Gives the code.
   *
   * @param code eight digits
   * @throws IllegalStateException if no registration waits for one
   */
  public Answer<Registered> verify(String code) throws IOException {
    StoredRegistration waiting =
        home.registration()
            .orElseThrow(() -> new IllegalStateException("no registration waits for a code"));
    StoredIdentity identity = waiting.identity();
    Answer<Session.Opened> answer;
    try (SigningKey device = identity.deviceKey()) {
      answer =
          connection.send(
              device,
              Request.post(
                  "/v1/registrations/verify",
                  new Registration.Verification(waiting.registration(), code)),
              Session.Opened.class);
    }
    return answer.then(
        opened -> {
          requireOwnKeys(identity, opened);
          home.keep(home.people().seen(opened.proof().head()));
          home.finishRegistration(identity.loggedIn(opened.tokens()));
          return new Answer.Granted<>(storeKeys(identity.name()));
        });
  }

  private Registered storeKeys(AccountName name) throws IOException {
    try {
      return switch (new StoreWaitingKeys(connection, keyServer, home).store()) {
        case Answer.Granted<Done> _ -> new Registered.WithKeys(name);
        case Answer.Refused<Done>(Problem problem) ->
            new Registered.KeysWait(name, problem.detail());
      };
    } catch (UnreachableException e) {
      return new Registered.KeysWait(name, String.valueOf(e.getMessage()));
    }
  }

  private void requireOwnKeys(StoredIdentity identity, Session.Opened opened)
      throws LyingServerException {
    if (!opened.account().equals(identity.entry().account())
        || !opened
            .proof()
            .proves(identity.entry(), connection.server(), connection.pin().info().signingKey())) {
      throw new LyingServerException(
          "the server does not prove that the account's keys stand in its log as they were sent");
    }
  }
}
