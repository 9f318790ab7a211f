package org.tidelock.server.accounts;

import io.vertx.sqlclient.Row;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.service.db.Transaction;

/** Documents kept as they were signed and sent. */
public final class StoredJson {

  private StoredJson() {}

  /** Reads a column. */
  public static <T> T read(Row row, String column, Class<T> type) {
    return switch (WireJson.read(Transaction.bytes(row, column).toArray(), type)) {
      case WireJson.Reading.Read<T>(T document) -> document;
      case WireJson.Reading.Malformed<T>(String reason) ->
          throw new IllegalStateException("stored %s: %s".formatted(column, reason));
      case WireJson.Reading.InvalidField<T>(String field, String reason) ->
          throw new IllegalStateException("stored %s: %s %s".formatted(column, field, reason));
    };
  }
}
