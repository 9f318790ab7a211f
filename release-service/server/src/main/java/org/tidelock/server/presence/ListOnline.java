package org.tidelock.server.presence;

import java.time.InstantSource;
import org.tidelock.protocol.wire.Presence;
import org.tidelock.service.db.Database;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Reply;

/** Who is online, of those who let the asker see it. */
public final class ListOnline {

  private final Database database;
  private final ConnectionStore connections;
  private final InstantSource clock;

  ListOnline(Database database, ConnectionStore connections, InstantSource clock) {
    this.database = database;
    this.connections = connections;
    this.clock = clock;
  }

  /** {@code GET /v1/presence/online?after=NAME}: a page, by name. */
  public Reply serve(Call call) {
    String after = call.query("after").orElse("");
    return database.inTransaction(
        transaction ->
            new Reply.Ok(
                new Presence.Online(
                    connections.visibleTo(
                        transaction,
                        call.principal().accountId(),
                        after,
                        Presence.PAGE,
                        clock.instant()))));
  }
}
