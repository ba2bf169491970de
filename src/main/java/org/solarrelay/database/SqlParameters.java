package org.solarrelay.database;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The parameters of a {@link Sql} statement. Each {@code set} method binds its own SQL type, also
 * for null: with another type the driver would have PostgreSQL parse the statement again.
 */
public final class SqlParameters {

  private interface Setter<T> {
    void set(PreparedStatement statement, int position, T value) throws SQLException;
  }

  private final Sql sql;
  private final PreparedStatement statement;

  SqlParameters(Sql sql, PreparedStatement statement) {
    this.sql = sql;
    this.statement = statement;
  }

  public SqlParameters set(String name, String value) throws SQLException {
    return set(name, value, PreparedStatement::setString);
  }

  /** A text; null if empty. */
  public SqlParameters set(String name, Optional<String> value) throws SQLException {
    return set(name, value.orElse(null));
  }

  public SqlParameters set(String name, boolean value) throws SQLException {
    return set(name, value, PreparedStatement::setBoolean);
  }

  public SqlParameters set(String name, int value) throws SQLException {
    return set(name, value, PreparedStatement::setInt);
  }

  public SqlParameters set(String name, long value) throws SQLException {
    return set(name, value, PreparedStatement::setLong);
  }

  /** An {@code int}, or null. */
  public SqlParameters set(String name, Integer value) throws SQLException {
    return set(name, value, (row, at, it) -> row.setObject(at, it, Types.INTEGER));
  }

  /** A {@code bigint}; null if empty. */
  public SqlParameters set(String name, OptionalLong value) throws SQLException {
    Long number = value.isPresent() ? Long.valueOf(value.getAsLong()) : null;
    return set(name, number, (row, at, it) -> row.setObject(at, it, Types.BIGINT));
  }

  public SqlParameters set(String name, byte[] value) throws SQLException {
    return set(name, value, PreparedStatement::setBytes);
  }

  public SqlParameters set(String name, OffsetDateTime value) throws SQLException {
    return set(name, value, PreparedStatement::setObject);
  }

  /** An array of {@code text}, for {@code = any (:name)} or {@code unnest(:name)}. */
  public SqlParameters texts(String name, Collection<String> values) throws SQLException {
    return array(name, "text", values.toArray(String[]::new));
  }

  /** An array of {@code bytea}. */
  public SqlParameters byteas(String name, Collection<byte[]> values) throws SQLException {
    return array(name, "bytea", values.toArray(byte[][]::new));
  }

  /** An array of {@code bigint}. */
  public SqlParameters bigints(String name, Collection<Long> values) throws SQLException {
    return array(name, "bigint", values.toArray(Long[]::new));
  }

  /**
   * An array.
   *
   * @param type of its elements in SQL
   */
  public SqlParameters array(String name, String type, Collection<?> values) throws SQLException {
    return array(name, type, values.toArray());
  }

  private SqlParameters array(String name, String type, Object[] values) throws SQLException {
    Array array = statement.getConnection().createArrayOf(type, values);
    return set(name, array, PreparedStatement::setArray);
  }

  /**
   * Several parameters by name, each of the SQL type that the driver takes for its Java type; a
   * list is an array of {@code text}.
   */
  public SqlParameters setAll(Map<String, ?> values) throws SQLException {
    for (Map.Entry<String, ?> value : values.entrySet()) {
      if (value.getValue() instanceof List<?> texts) {
        array(value.getKey(), "text", texts);
      } else {
        set(value.getKey(), value.getValue(), PreparedStatement::setObject);
      }
    }
    return this;
  }

  /** How many rows the driver reads at once, within a transaction. */
  public SqlParameters fetchSize(int rows) throws SQLException {
    statement.setFetchSize(rows);
    return this;
  }

  private <T> SqlParameters set(String name, T value, Setter<T> setter) throws SQLException {
    for (int position : sql.positions(name)) {
      setter.set(statement, position, value);
    }
    return this;
  }
}
