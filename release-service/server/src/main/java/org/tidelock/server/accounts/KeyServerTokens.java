package org.tidelock.server.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.KeyServing;
import org.tidelock.protocol.wire.KeyServing.Action;
import org.tidelock.protocol.wire.KeyServing.IntrospectionReply;
import org.tidelock.protocol.wire.Token;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Grant;
import org.tidelock.service.http.Principal;
import org.tidelock.service.http.Reply;

/**
 * Tokens for the key server: good there only, for one use within a minute. The key server learns
 * from here whose they are.
 */
public final class KeyServerTokens {

  private static final Duration LIFETIME = Duration.ofSeconds(60);
  private static final String AUDIENCE = "key-server";

  private final AccountContext context;

  KeyServerTokens(AccountContext context) {
    this.context = context;
  }

  /** {@code POST /v1/key-server-tokens}. Who only knows the password may read, not write. */
  public Reply give(Call call, KeyServing.TokenRequest request) {
    Principal who = call.principal();
    if (request.action() == Action.WRITE && who.grant() != Grant.FULL) {
      return new Reply.Refused(ProblemCode.TOKEN_NOT_ENOUGH);
    }
    Token token = Token.random();
    Instant expiresAt = context.now().plus(LIFETIME);
    return context
        .database()
        .inTransaction(
            transaction -> {
              Bytes family = context.tokens().familyOf(transaction, who.tokenHash()).orElseThrow();
              context
                  .tokens()
                  .insertForAudience(
                      transaction,
                      token.hash(),
                      family,
                      AUDIENCE,
                      request.action() == Action.WRITE,
                      expiresAt);
              return new Reply.Created(new KeyServing.TokenReply(token, expiresAt));
            });
  }

  /** {@code POST /v1/introspection}, on the port that only the key server reaches. */
  public Reply introspect(Call call, KeyServing.Introspection request) {
    Optional<IntrospectionReply> worth =
        context
            .database()
            .inOneBriefStatement(
                transaction ->
                    context
                        .tokens()
                        .take(transaction, request.token().hash(), AUDIENCE, context.now()));
    return worth.isPresent()
        ? new Reply.Ok(worth.get())
        : new Reply.Refused(ProblemCode.TOKEN_INVALID);
  }
}
