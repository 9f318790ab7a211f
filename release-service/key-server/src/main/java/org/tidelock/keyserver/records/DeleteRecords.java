package org.tidelock.keyserver.records;

import org.tidelock.protocol.account.AccountId;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Reply;

/** Deletes all of the caller's records: the account is about to be deleted. */
public final class DeleteRecords {

  private final RecordContext context;

  DeleteRecords(RecordContext context) {
    this.context = context;
  }

  /** {@code DELETE /v1/records}. */
  public Reply serve(Call call) {
    AccountId account = call.principal().accountId();
    return context
        .database()
        .inTransaction(
            transaction -> {
              context.store().deleteAll(transaction, account);
              return new Reply.NoContent();
            });
  }
}
