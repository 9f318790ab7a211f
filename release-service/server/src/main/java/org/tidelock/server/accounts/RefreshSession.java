package org.tidelock.server.accounts;

import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Session;
import org.tidelock.server.accounts.TokenStore.RefreshToken;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Reply;

/**
 * Exchanges a refresh token for new tokens. One that was exchanged before is in two hands, and
 * nobody can tell which is the owner's: the whole family ends.
 */
public final class RefreshSession {

  private static final Logger log = LoggerFactory.getLogger(RefreshSession.class);

  private final AccountContext context;

  RefreshSession(AccountContext context) {
    this.context = context;
  }

  /** {@code POST /v1/session/refresh}. */
  public Reply serve(Call call, Session.Refresh request) {
    Instant now = context.now();
    Bytes hash = request.refreshToken().hash();
    return context
        .database()
        .inTransaction(
            transaction -> {
              Optional<RefreshToken> found = context.tokens().lockRefresh(transaction, hash, now);
              if (found.isEmpty() || !found.get().deviceKey().equals(call.signer())) {
                return new Reply.Refused(ProblemCode.TOKEN_INVALID);
              }
              RefreshToken token = found.get();
              if (token.usedBefore()) {
                log.warn("a refresh token was used twice; its family ends");
                context.tokens().revokeFamily(transaction, token.family());
                return new Reply.Refused(ProblemCode.TOKEN_INVALID);
              }
              context.tokens().markUsed(transaction, hash, now);
              context.devices().noteSeen(transaction, token.device(), now);
              return new Reply.Ok(context.sessions().grant(transaction, token.family(), now));
            });
  }
}
