package org.tidelock.server.accounts;

import java.time.Duration;
import java.time.Instant;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.statement.LoginStatement;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.wire.Login;
import org.tidelock.server.accounts.AccountStore.Entrance;
import org.tidelock.server.accounts.ChallengeStore.LoginChallenge;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Reply;

/**
 * Begins a login, by password or by recovery key. For a name that nobody has, a challenge of an
 * invented account is kept by the same statements; nobody can answer it.
 */
public final class StartLogin {

  private static final Duration LIFETIME = Duration.ofSeconds(60);

  private final AccountContext context;
  private final boolean byRecoveryKey;

  StartLogin(AccountContext context, boolean byRecoveryKey) {
    this.context = context;
    this.byRecoveryKey = byRecoveryKey;
  }

  /** {@code POST /v1/logins} and {@code POST /v1/recoveries}. */
  public Reply serve(Call call, Login.Start request) {
    if (!call.signer().equals(request.deviceKey())) {
      return new Reply.Refused(
          ProblemCode.SIGNATURE_INVALID, "the request is signed by another key than its device's");
    }
    Entrance invented =
        new Entrance(
            context.secrets().inventedId(request.name()),
            context.secrets().inventedKdf(request.name()),
            context.inventedAuthKey().value());
    // Two statements, each by itself: if the password changes between them, the second request
    // finds that the key is not the account's any more.
    Entrance entrance =
        context
            .database()
            .inOneBriefStatement(
                transaction ->
                    context.accounts().entrance(transaction, request.name(), byRecoveryKey))
            .orElse(invented);
    Bytes id = RandomBytes.ofLength(Login.ID_BYTES);
    Bytes serverNonce = RandomBytes.ofLength(LoginStatement.NONCE_BYTES);
    Instant expiresAt = context.now().plus(LIFETIME);
    LoginChallenge challenge =
        new LoginChallenge(
            id,
            entrance.id(),
            entrance.authKey(),
            statement(request, serverNonce, entrance.kdf()).encoded(),
            request.device(),
            request.deviceKey().value(),
            expiresAt);
    context
        .database()
        .inOneBriefStatement(transaction -> context.challenges().insert(transaction, challenge));
    return new Reply.Ok(new Login.Challenge(id, serverNonce, entrance.kdf(), expiresAt));
  }

  private Canonical statement(Login.Start request, Bytes serverNonce, PasswordKdf kdf) {
    LoginStatement statement = request.statement(context.server().id(), serverNonce);
    return byRecoveryKey ? statement.withRecoveryKey() : statement.withPassword(kdf);
  }
}
