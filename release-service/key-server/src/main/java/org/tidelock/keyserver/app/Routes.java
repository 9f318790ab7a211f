package org.tidelock.keyserver.app;

import static org.tidelock.service.http.Access.ANYONE;
import static org.tidelock.service.http.Access.FULL_SIGNED;
import static org.tidelock.service.http.Access.LOGGED_IN;
import static org.tidelock.service.http.Limit.GENERAL;
import static org.tidelock.service.http.Limit.WRAPPED_KEYS;
import static org.tidelock.service.http.Route.delete;
import static org.tidelock.service.http.Route.get;
import static org.tidelock.service.http.Route.post;

import java.util.List;
import org.tidelock.keyserver.records.WrappedRecords;
import org.tidelock.protocol.wire.KeyServing;
import org.tidelock.protocol.wire.ServerInfo;
import org.tidelock.service.http.Reply;
import org.tidelock.service.http.Route;

/** Every route there is. A token that may write gives full access, one that may read the lesser. */
final class Routes {

  private Routes() {}

  static List<Route<?>> of(WrappedRecords records, ServerInfo info) {
    return List.of(
        get("/v1/server", ANYONE, GENERAL, call -> new Reply.Ok(info)),
        get("/v1/records", LOGGED_IN, WRAPPED_KEYS, records.fetchRecords()::serve),
        post(
            "/v1/records",
            FULL_SIGNED,
            WRAPPED_KEYS,
            KeyServing.Records.class,
            records.storeRecords()::serve),
        delete("/v1/records", FULL_SIGNED, WRAPPED_KEYS, records.deleteRecords()::serve));
  }
}
