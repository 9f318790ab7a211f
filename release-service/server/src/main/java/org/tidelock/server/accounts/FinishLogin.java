package org.tidelock.server.accounts;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.tidelock.protocol.keylog.KeyLogProof;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.wire.Login;
import org.tidelock.protocol.wire.Token;
import org.tidelock.server.accounts.AccountStore.Arrival;
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
            .inOneBriefStatement(
                transaction -> context.challenges().takeLogin(transaction, request.login(), now));
    if (found.isEmpty() || !found.get().deviceKey().equals(call.signer().value())) {
      return new Reply.Refused(ProblemCode.LOGIN_REFUSED);
    }
    LoginChallenge challenge = found.get();
    boolean right =
        context
            .cpu()
            .runBriefly(
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
    Supplier<Optional<Arrival>> locked =
        context.accounts().lockLater(transaction, challenge.accountId(), challenge.deviceId());
    Supplier<Leaf> newestKeys = context.entries().newestLater(transaction, challenge.accountId());
    Optional<Arrival> found = locked.get();
    if (found.isEmpty() || !isStillAuthKey(found.get(), challenge)) {
      return new Reply.Refused(ProblemCode.LOGIN_REFUSED);
    }
    Arrival account = found.get();
    if (account.disabled()) {
      return new Reply.Refused(
          ProblemCode.LOGIN_REFUSED, "the operator has disabled the account; ask there");
    }
    if (account.otherDevices() >= MAX_DEVICES) {
      throw new Refusal(
          ProblemCode.TOO_MANY_REQUESTS,
          "the account has %d devices; remove one first".formatted(MAX_DEVICES));
    }
    BooleanSupplier noted =
        context
            .devices()
            .noteLoginLater(
                transaction, challenge.accountId(), challenge.deviceId(), deviceKey, now);
    Token token = context.sessions().begin(transaction, challenge.deviceId(), now);
    Leaf leaf = newestKeys.get();
    KeyLogProof proof = context.proof(transaction, leaf);
    if (!noted.getAsBoolean()) {
      throw new Refusal(ProblemCode.LOGIN_REFUSED, "the device id belongs to another device");
    }
    return new Reply.Ok(
        new Login.Granted(
            challenge.accountId(),
            account.passwordVersion(),
            account.recoveryVersion(),
            leaf.entry(),
            proof,
            token,
            now.plus(Sessions.LOGIN_LIFETIME)));
  }

  /** The password may have been changed since the challenge was given. */
  private static boolean isStillAuthKey(Arrival account, LoginChallenge challenge) {
    return account.authKey().equals(challenge.authKey())
        || account.recoveryAuthKey().equals(challenge.authKey());
  }
}
