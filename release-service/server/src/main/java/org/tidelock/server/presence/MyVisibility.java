package org.tidelock.server.presence;

import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.wire.Presence;
import org.tidelock.protocol.wire.Presence.Visibility;
import org.tidelock.service.db.Database;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Reply;

/** Who may see that one is online. */
public final class MyVisibility {

  private final Database database;
  private final VisibilityStore visibilities;

  MyVisibility(Database database, VisibilityStore visibilities) {
    this.database = database;
    this.visibilities = visibilities;
  }

  /** {@code GET /v1/presence}. */
  public Reply show(Call call) {
    return database.inTransaction(
        transaction ->
            new Reply.Ok(
                new Presence.Setting(visibilities.of(transaction, call.principal().accountId()))));
  }

  /** {@code PUT /v1/presence}. */
  public Reply set(Call call, Presence.Setting request) {
    AccountId account = call.principal().accountId();
    return database.inTransaction(
        transaction -> {
          visibilities.lock(transaction, account);
          Visibility before = visibilities.of(transaction, account);
          if (before != request.visibility()) {
            visibilities.set(transaction, account, request.visibility());
            new PresenceChange.Shown(account, before).tell(transaction);
          }
          return new Reply.NoContent();
        });
  }
}
