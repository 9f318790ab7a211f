package org.tidelock.sdk.account;

import java.io.IOException;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.Registration;
import org.tidelock.protocol.wire.Session;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.sdk.home.StoredRegistration;

/** Gives the code that arrived, after which the account is there and its owner logged in. */
public final class VerifyRegistration {

  private final ServerConnection connection;
  private final ClientHome home;

  public VerifyRegistration(ServerConnection connection, ClientHome home) {
    this.connection = connection;
    this.home = home;
  }

  /**
   * Gives the code.
   *
   * @param code eight digits
   * @throws IllegalStateException if no registration waits for one
   */
  public Answer<AccountName> verify(String code) throws IOException {
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
    if (answer instanceof Answer.Granted<Session.Opened>(Session.Opened opened)) {
      requireOwnKeys(identity, opened);
      home.keep(home.people().seen(opened.proof().head()));
      home.finishRegistration(identity.loggedIn(opened.tokens()));
    }
    return answer.map(_ -> identity.name());
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
