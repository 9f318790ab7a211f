package org.tidelock.server.accounts;

import java.time.Instant;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.statement.AccountStatements;
import org.tidelock.protocol.wire.AccountChange;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Reply;

/**
 * Deletes an account: its name and contact are free again, its devices and tokens gone. Its entries
 * stay in the key log, which forgets nothing and names nobody.
 */
public final class DeleteAccount {

  private final AccountContext context;

  DeleteAccount(AccountContext context) {
    this.context = context;
  }

  /** {@code POST /v1/me/deletion}. */
  public Reply serve(Call call, AccountChange.Deletion request) {
    Instant now = context.now();
    if (Freshness.isStale(request.createdAt(), now)) {
      return Freshness.refusal();
    }
    return context
        .database()
        .inTransaction(
            transaction -> {
              Account account =
                  context.accounts().lock(transaction, call.principal().accountId()).orElseThrow();
              boolean signed =
                  context
                      .cpu()
                      .runBriefly(
                          () ->
                              account
                                  .authKey()
                                  .verifies(
                                      AccountStatements.accountDeletion(
                                          context.server().id(), account.id(), request.createdAt()),
                                      request.signature()));
              if (!signed) {
                return new Reply.Refused(ProblemCode.CHANGE_REFUSED);
              }
              context.accounts().delete(transaction, account.id());
              return new Reply.NoContent();
            });
  }
}
