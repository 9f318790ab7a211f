package org.tidelock.sdk.account;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.KeyServing;
import org.tidelock.protocol.wire.Session;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Done;
import org.tidelock.sdk.connection.EventSocket;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.sdk.keys.KeyTokens;

/**
 * Sends requests on behalf of the owner, who is logged in: signed by the device, with an access
 * token that is renewed when it is about to expire. New tokens are on disk before they are used,
 * because the old ones end with the exchange.
 */
public final class OwnSession {

  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final ServerConnection connection;
  private final ClientHome home;

  /** Speaks for the owner of {@code home}. */
  public OwnSession(ServerConnection connection, ClientHome home) {
    this.connection = connection;
    this.home = home;
  }

  /** Who the owner is. */
  public StoredIdentity identity() throws IOException {
    return home.identity()
        .orElseThrow(() -> new IllegalStateException("the home belongs to no account yet"));
  }

  /** Sends a request with a token that is good for a while. */
  public synchronized <T> Answer<T> send(Request request, Class<T> type) throws IOException {
    StoredIdentity identity = identity();
    try (SigningKey device = identity.deviceKey()) {
      return switch (freshTokens(identity, device)) {
        case Answer.Refused<Session.Tokens>(Problem problem) -> new Answer.Refused<>(problem);
        case Answer.Granted<Session.Tokens>(Session.Tokens tokens) ->
            connection.send(device, request.with(tokens.accessToken()), type);
      };
    }
  }

  /** Tokens for the key server. */
  KeyTokens keyTokens() {
    return action ->
        send(
                Request.post("/v1/key-server-tokens", new KeyServing.TokenRequest(action)),
                KeyServing.TokenReply.class)
            .map(KeyServing.TokenReply::token);
  }

  /** Opens the socket of events with a token that is good for a while. */
  public synchronized Answer<EventSocket> open(Consumer<String> frames) throws IOException {
    StoredIdentity identity = identity();
    try (SigningKey device = identity.deviceKey()) {
      return switch (freshTokens(identity, device)) {
        case Answer.Refused<Session.Tokens>(Problem problem) -> new Answer.Refused<>(problem);
        case Answer.Granted<Session.Tokens>(Session.Tokens tokens) ->
            connection.openSocket(device, "/v1/events", tokens.accessToken(), frames);
      };
    }
  }

  /** Renews the tokens if they are about to expire, and does nothing else. */
  public synchronized Answer<Done> keepAlive() throws IOException {
    StoredIdentity identity = identity();
    try (SigningKey device = identity.deviceKey()) {
      return freshTokens(identity, device).map(tokens -> Done.DONE);
    }
  }

  private Answer<Session.Tokens> freshTokens(StoredIdentity identity, SigningKey device)
      throws IOException {
    Optional<Session.Tokens> kept = identity.session().stream().findFirst();
    if (kept.isEmpty()) {
      return new Answer.Refused<>(
          Problem.of(ProblemCode.TOKEN_MISSING, "not logged in; log in first"));
    }
    if (kept.get().accessExpiresAt().isAfter(connection.clock().instant().plus(MARGIN))) {
      return new Answer.Granted<>(kept.get());
    }
    Answer<Session.Tokens> renewed =
        connection.send(
            device,
            Request.post("/v1/session/refresh", new Session.Refresh(kept.get().refreshToken())),
            Session.Tokens.class);
    if (renewed instanceof Answer.Granted<Session.Tokens>(Session.Tokens tokens)) {
      home.keep(identity.loggedIn(tokens));
    }
    return renewed;
  }
}
