package org.tidelock.server.accounts;

import org.tidelock.service.http.Call;
import org.tidelock.service.http.Reply;

/** Ends the tokens of this login, or all tokens of the account. */
public final class Logout {

  private final AccountContext context;

  Logout(AccountContext context) {
    this.context = context;
  }

  /** {@code DELETE /v1/session}. */
  public Reply here(Call call) {
    return context
        .database()
        .inTransaction(
            transaction -> {
              context
                  .tokens()
                  .familyOf(transaction, call.principal().tokenHash())
                  .ifPresent(family -> context.tokens().revokeFamily(transaction, family));
              return new Reply.NoContent();
            });
  }

  /** {@code DELETE /v1/sessions}. */
  public Reply everywhere(Call call) {
    return context
        .database()
        .inTransaction(
            transaction -> {
              context.tokens().revokeAll(transaction, call.principal().accountId());
              return new Reply.NoContent();
            });
  }
}
