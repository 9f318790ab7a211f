package org.tidelock.server.release;

import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.server.accounts.PublicKeys;
import org.tidelock.service.db.Database;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Reply;

/** Where an account is told of releases, besides the queues of its devices. */
public final class MyNotices {

  private final Database database;
  private final PublicKeys accounts;
  private final NoticeStore notices;

  MyNotices(Database database, PublicKeys accounts, NoticeStore notices) {
    this.database = database;
    this.accounts = accounts;
    this.notices = notices;
  }

  /** {@code GET /v1/notices}. */
  public Reply show(Call call) {
    return new Reply.Ok(
        database.inTransaction(
            transaction -> notices.settings(transaction, call.principal().accountId())));
  }

  /** {@code PUT /v1/notices}. Mail goes only to the address that the account was opened with. */
  public Reply set(Call call, Mailbox.Notices settings) {
    AccountId account = call.principal().accountId();
    return database.inTransaction(
        transaction -> {
          boolean own =
              settings.mail().stream()
                  .allMatch(contact -> accounts.isContactOf(transaction, account, contact));
          if (!own) {
            return new Reply.Refused(
                ProblemCode.INVALID_FIELD, "mail must be the address that the account has");
          }
          notices.set(transaction, account, settings);
          return new Reply.Ok(settings);
        });
  }
}
