package org.tidelock.server.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.statement.LoginStatement;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.wire.Login;
import org.tidelock.server.accounts.ChallengeStore.LoginChallenge;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Limit;
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
    context.limits().count(Limit.LOGIN_TO_NAME, request.name().value());
    PasswordKdf inventedKdf = context.secrets().inventedKdf(request.name());
    SigningPublicKey inventedKey =
        context.cpu().run(() -> context.secrets().inventedAuthKey(request.name()));
    AccountId inventedId = context.secrets().inventedId(request.name());
    Bytes id = RandomBytes.ofLength(Login.ID_BYTES);
    Bytes serverNonce = RandomBytes.ofLength(LoginStatement.NONCE_BYTES);
    Instant expiresAt = context.now().plus(LIFETIME);
    return context
        .database()
        .inTransaction(
            transaction -> {
              Optional<Account> account = context.accounts().named(transaction, request.name());
              PasswordKdf kdf = account.map(Account::kdf).orElse(inventedKdf);
              context
                  .challenges()
                  .insert(
                      transaction,
                      new LoginChallenge(
                          id,
                          account.map(Account::id).orElse(inventedId),
                          account.map(this::authKey).orElse(inventedKey),
                          statement(request, serverNonce, kdf).encoded(),
                          request.device(),
                          request.deviceKey(),
                          expiresAt));
              return new Reply.Ok(new Login.Challenge(id, serverNonce, kdf, expiresAt));
            });
  }

  private SigningPublicKey authKey(Account account) {
    return byRecoveryKey ? account.recoveryAuthKey() : account.authKey();
  }

  private Canonical statement(Login.Start request, Bytes serverNonce, PasswordKdf kdf) {
    LoginStatement statement = request.statement(context.server().id(), serverNonce);
    return byRecoveryKey ? statement.withRecoveryKey() : statement.withPassword(kdf);
  }
}
