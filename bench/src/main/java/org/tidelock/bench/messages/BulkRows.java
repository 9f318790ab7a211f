package org.tidelock.bench.messages;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.tidelock.engine.puzzle.Bytes;

/** Rows for one table, inserted by one statement: each column travels as an array. */
final class BulkRows {

  private static final String BYTES = "bytea";

  private final String table;
  private final List<Column> columns;
  private final List<Object[]> rows = new ArrayList<>();

  /** A column and its type in PostgreSQL. */
  record Column(String name, String type) {}

  BulkRows(String table, Column... columns) {
    this.table = table;
    this.columns = List.of(columns);
  }

  static Column bytes(String name) {
    return new Column(name, BYTES);
  }

  static Column time(String name) {
    return new Column(name, "timestamptz");
  }

  static Column number(String name) {
    return new Column(name, "int8");
  }

  static Column text(String name) {
    return new Column(name, "text");
  }

  static Column truth(String name) {
    return new Column(name, "bool");
  }

  /** Adds a row; its values are Bytes, byte[], Instant, Long, String or Boolean. */
  void add(Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          "%d values for the %d columns of %s".formatted(values.length, columns.size(), table));
    }
    rows.add(values);
  }

  /** Inserts all rows and begins anew. */
  void insert(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql())) {
      for (int i = 0; i < columns.size(); i++) {
        statement.setArray(i + 1, connection.createArrayOf(columns.get(i).type(), values(i)));
      }
      statement.executeUpdate();
    }
    rows.clear();
  }

  String sql() {
    return "INSERT INTO %s (%s) SELECT * FROM unnest(%s)"
        .formatted(
            table,
            columns.stream().map(Column::name).collect(Collectors.joining(", ")),
            columns.stream()
                .map(column -> "?::%s[]".formatted(column.type()))
                .collect(Collectors.joining(", ")));
  }

  /** A column from top to bottom, as an array of the type that the driver knows how to write. */
  private Object[] values(int column) {
    IntFunction<Object[]> array =
        columns.get(column).type().equals(BYTES) ? byte[][]::new : Object[]::new;
    return rows.stream().map(row -> value(row[column])).toArray(array);
  }

  private static Object value(Object value) {
    return switch (value) {
      case Bytes bytes -> bytes.toArray();
      case Instant instant -> instant.toString();
      default -> value;
    };
  }
}
