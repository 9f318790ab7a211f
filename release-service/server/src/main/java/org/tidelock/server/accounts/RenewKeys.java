package org.tidelock.server.accounts;

import java.time.Instant;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.AccountChange;
import org.tidelock.server.accounts.KeyLogStore.Leaf;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Principal;
import org.tidelock.service.http.Reply;

/**
 * Makes new signing and encryption keys the account's, approved by the keys before and by the
 * password. They enter the key log in the same transaction. Every other device has to log in again.
 */
public final class RenewKeys {

  private final AccountContext context;

  RenewKeys(AccountContext context) {
    this.context = context;
  }

  /** {@code POST /v1/me/keys}. */
  public Reply serve(Call call, AccountChange.KeyRenewal request) {
    Instant now = context.now();
    if (Freshness.isStale(request.createdAt(), now)) {
      return Freshness.refusal();
    }
    return context
        .database()
        .inTransaction(transaction -> renew(transaction, call.principal(), request, now));
  }

  private Reply renew(
      Transaction transaction, Principal who, AccountChange.KeyRenewal request, Instant now) {
    Account account = context.accounts().lock(transaction, who.accountId()).orElseThrow();
    KeyLogEntry entry = request.entry();
    if (entry.generation() != account.keyGeneration() + 1) {
      return new Reply.Refused(
          ProblemCode.VERSION_CONFLICT,
          "generation is %d; the newest keys are of generation %d"
              .formatted(entry.generation(), account.keyGeneration()));
    }
    KeyLogEntry before = context.newestKeys(transaction, account.id()).entry();
    boolean signed =
        context
            .cpu()
            .runBriefly(() -> request.isSigned(context.server().id(), before, account.authKey()));
    boolean ownDevice =
        request.device().device().equals(who.deviceId())
            && request.device().deviceKey().equals(who.deviceKey());
    if (!signed || !ownDevice) {
      return new Reply.Refused(ProblemCode.CHANGE_REFUSED);
    }
    context
        .accounts()
        .renewKeys(
            transaction,
            account.id(),
            entry.generation(),
            entry.signingKey(),
            entry.encryptionKey());
    context.keyLog().append(transaction, entry);
    context.tokens().revokeAll(transaction, account.id());
    context.devices().certify(transaction, request.device());
    Leaf leaf = context.newestKeys(transaction, account.id());
    return new Reply.Ok(
        new AccountChange.Renewed(
            context.proof(transaction, leaf),
            context.sessions().open(transaction, who.deviceId(), now)));
  }
}
