package org.tidelock.server.accounts;

import java.time.Instant;
import java.util.Optional;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.wire.Login;
import org.tidelock.protocol.wire.Token;
import org.tidelock.server.accounts.ChallengeStore.LoginChallenge;
import org.tidelock.server.accounts.KeyLogStore.Leaf;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Refusal;
import org.tidelock.service.http.Reply;

/** Takes the auth key's signature over the challenge. */
public final class FinishLogin {

  /** How many devices an account may have. */
  private static final int MAX_DEVICES = 64;

  private final AccountContext context;

  FinishLogin(AccountContext context) {
    this.context = context;
  }

  /** {@code POST /v1/logins/finish} and {@code POST /v1/recoveries/finish}. */
  public Reply serve(Call call, Login.Finish request) {
    Instant now = context.now();
    // Taken in a transaction of its own: right or wrong, a challenge is answered once.
    Optional<LoginChallenge> found =
        context
            .database()
            .inOneStatement(
                transaction -> context.challenges().takeLogin(transaction, request.login(), now));
    if (found.isEmpty() || !found.get().deviceKey().equals(call.signer().value())) {
      return new Reply.Refused(ProblemCode.LOGIN_REFUSED);
    }
    LoginChallenge challenge = found.get();
    boolean right =
        context
            .cpu()
            .run(
                () ->
                    new SigningPublicKey(challenge.authKey())
                        .verifiesRaw(challenge.statement(), request.signature()));
    if (!right) {
      return new Reply.Refused(ProblemCode.LOGIN_REFUSED);
    }
    return context
        .database()
        .inTransaction(transaction -> grant(transaction, challenge, call.signer(), now));
  }

  private Reply grant(
      Transaction transaction, LoginChallenge challenge, SigningPublicKey deviceKey, Instant now) {
    Optional<Account> found = context.accounts().lock(transaction, challenge.accountId());
    if (found.isEmpty() || !isStillAuthKey(found.get(), challenge)) {
      return new Reply.Refused(ProblemCode.LOGIN_REFUSED);
    }
    Account account = found.get();
    if (account.disabled()) {
      return new Reply.Refused(
          ProblemCode.LOGIN_REFUSED, "the operator has disabled the account; ask there");
    }
    if (!context
        .devices()
        .noteLogin(transaction, account.id(), challenge.deviceId(), deviceKey, now)) {
      return new Reply.Refused(
          ProblemCode.LOGIN_REFUSED, "the device id belongs to another device");
    }
    if (context.devices().count(transaction, account.id()) > MAX_DEVICES) {
      throw new Refusal(
          ProblemCode.TOO_MANY_REQUESTS,
          "the account has %d devices; remove one first".formatted(MAX_DEVICES));
    }
    Token token = context.sessions().begin(transaction, challenge.deviceId(), now);
    Leaf leaf = context.newestKeys(transaction, account.id());
    return new Reply.Ok(
        new Login.Granted(
            account.id(),
            account.passwordVersion(),
            account.recoveryVersion(),
            leaf.entry(),
            context.proof(transaction, leaf),
            token,
            now.plus(Sessions.LOGIN_LIFETIME)));
  }

  /** The password may have been changed since the challenge was given. */
  private static boolean isStillAuthKey(Account account, LoginChallenge challenge) {
    return account.authKey().value().equals(challenge.authKey())
        || account.recoveryAuthKey().value().equals(challenge.authKey());
  }
}
