package org.tidelock.server.accounts;

import java.time.Instant;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.wire.AccountChange;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Principal;
import org.tidelock.service.http.Reply;

/**
 * Makes another password valid. The row this writes is the change's only commit point: what the
 * client put on the key server before counts from then on, and not if this never happens.
 */
public final class ChangePassword {

  private final AccountContext context;

  ChangePassword(AccountContext context) {
    this.context = context;
  }

  /** {@code POST /v1/me/password}. */
  public Reply serve(Call call, AccountChange.Password request) {
    Instant now = context.now();
    if (Freshness.isStale(request.createdAt(), now)) {
      return Freshness.refusal();
    }
    return context
        .database()
        .inTransaction(transaction -> change(transaction, call.principal(), request, now));
  }

  private Reply change(
      Transaction transaction, Principal who, AccountChange.Password request, Instant now) {
    Account account = context.accounts().lock(transaction, who.accountId()).orElseThrow();
    if (request.version() != account.passwordVersion() + 1) {
      return new Reply.Refused(
          ProblemCode.VERSION_CONFLICT,
          "version is %d; the valid password is version %d"
              .formatted(request.version(), account.passwordVersion()));
    }
    SigningPublicKey authorizing =
        switch (request.authority()) {
          case PASSWORD -> account.authKey();
          case RECOVERY -> account.recoveryAuthKey();
        };
    boolean signed =
        context
            .cpu()
            .runBriefly(
                () ->
                    request.isSigned(
                        context.server().id(), account.id(), authorizing, account.signingKey()));
    if (!signed) {
      return new Reply.Refused(ProblemCode.CHANGE_REFUSED);
    }
    context
        .accounts()
        .changePassword(
            transaction, account.id(), request.version(), request.kdf(), request.authKey());
    context.tokens().revokeAll(transaction, account.id());
    return new Reply.Ok(context.sessions().open(transaction, who.deviceId(), now));
  }
}
