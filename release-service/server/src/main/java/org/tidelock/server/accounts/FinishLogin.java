package org.tidelock.server.accounts;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.wire.Login;
import org.tidelock.protocol.wire.Token;
import org.tidelock.server.accounts.ChallengeStore.LoginChallenge;
import org.tidelock.server.accounts.KeyLogStore.Leaf;
import org.tidelock.server.accounts.LoginStore.NewToken;
import org.tidelock.server.accounts.LoginStore.Outcome;
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
        .apart(transaction -> grant(transaction, challenge, call.signer(), now));
  }

  private Reply grant(
      Transaction transaction, LoginChallenge challenge, SigningPublicKey deviceKey, Instant now) {
    Token token = Token.random();
    Instant expiresAt = now.plus(Sessions.LOGIN_LIFETIME);
    Supplier<Optional<Outcome>> asked =
        context
            .logins()
            .grantLater(
                transaction,
                challenge,
                deviceKey,
                new NewToken(Sessions.newFamilyId(), token.hash(), expiresAt),
                MAX_DEVICES,
                now);
    // Read after it, so that they are not older than the account that it found.
    Supplier<Leaf> newestKeys = context.entries().newestLater(transaction, challenge.accountId());
    Optional<Outcome> outcome = asked.get();
    if (outcome.isEmpty() || !outcome.get().current()) {
      return new Reply.Refused(ProblemCode.LOGIN_REFUSED);
    }
    requireGranted(outcome.get());
    Leaf leaf = newestKeys.get();
    return new Reply.Ok(
        new Login.Granted(
            challenge.accountId(),
            outcome.get().passwordVersion(),
            outcome.get().recoveryVersion(),
            leaf.entry(),
            context.proof(transaction, leaf),
            token,
            expiresAt));
  }

  private static void requireGranted(Outcome outcome) {
    if (outcome.disabled()) {
      throw new Refusal(
          ProblemCode.LOGIN_REFUSED, "the operator has disabled the account; ask there");
    }
    if (outcome.otherDevices() >= MAX_DEVICES) {
      throw new Refusal(
          ProblemCode.TOO_MANY_REQUESTS,
          "the account has %d devices; remove one first".formatted(MAX_DEVICES));
    }
    if (!outcome.granted()) {
      throw new Refusal(ProblemCode.LOGIN_REFUSED, "the device id belongs to another device");
    }
  }
}
