package org.solarrelay.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A SQL statement with named parameters: {@code where id = :id}. A name may stand in the text more
 * than once. The text is parsed once, so a statement that never changes is a static constant.
 *
 * <pre>
 * private static final Sql CANCEL = Sql.of("update delivery set state = 'skipped' where id = :id");
 *
 * int cancelled = CANCEL.update(connection, parameters -> parameters.set("id", id));
 * </pre>
 *
 * <p>Every method throws {@link SQLException} as the driver throws it, because {@link SqlFailure}
 * classifies it by its SQL state and by the exceptions chained to it. Jdbi and Spring's
 * JdbcTemplate wrap it in exceptions of their own, which is why the relay uses neither.
 */
public final class Sql {

  // a colon in a text, a quoted identifier or a cast begins no name
  private static final Pattern TOKEN = Pattern.compile("'[^']*'|\"[^\"]*\"|::|\\?|:([a-zA-Z]\\w*)");

  private static final Binding NO_PARAMETERS = parameters -> {};

  /** Sets the parameters of one execution. */
  public interface Binding {
    void bind(SqlParameters parameters) throws SQLException;
  }

  /** Sets the parameters of an item of a batch. */
  public interface BatchBinding<T> {
    void bind(SqlParameters row, T item) throws SQLException;
  }

  /** Makes an object of the row that the result is at. */
  public interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  /** Reads a whole result. The cursor is before the first row. */
  public interface ResultReader<T> {
    T read(ResultSet rows) throws SQLException;
  }

  /** Reads the row that the result is at. */
  public interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private final String source;
  private final String jdbc;
  private final Map<String, int[]> positions;

  private Sql(String source, String jdbc, Map<String, int[]> positions) {
    this.source = source;
    this.jdbc = jdbc;
    this.positions = positions;
  }

  /**
   * Parses a statement.
   *
   * @throws IllegalArgumentException where it has a parameter without a name
   */
  public static Sql of(String text) {
    Map<String, int[]> positions = new HashMap<>();
    StringBuilder jdbc = new StringBuilder();
    Matcher token = TOKEN.matcher(text);
    int count = 0;
    while (token.find()) {
      String name = token.group(1);
      if (name == null) {
        require(!token.group().equals("?"), "a parameter without a name in: " + text);
        token.appendReplacement(jdbc, Matcher.quoteReplacement(token.group()));
      } else {
        positions.merge(name, new int[] {++count}, Sql::concatenated);
        token.appendReplacement(jdbc, "?");
      }
    }
    return new Sql(text, token.appendTail(jdbc).toString(), positions);
  }

  private static int[] concatenated(int[] some, int[] more) {
    return IntStream.concat(Arrays.stream(some), Arrays.stream(more)).toArray();
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /** The positions of a parameter, from 1. */
  int[] positions(String name) {
    int[] found = positions.get(name);
    require(found != null, "no parameter " + name + " in: " + source);
    return found;
  }

  /** Runs the statement; returns how many rows it has changed. */
  public int update(Connection connection) throws SQLException {
    return update(connection, NO_PARAMETERS);
  }

  /** Runs the statement; returns how many rows it has changed. */
  public int update(Connection connection, Binding binding) throws SQLException {
    try (PreparedStatement statement = prepare(connection, binding)) {
      return statement.executeUpdate();
    }
  }

  /**
   * Runs the statement for each item, in one batch.
   *
   * @return how many rows it has updated or deleted. Of inserts the number means nothing, because
   *     the driver rewrites a batch into one statement ({@code reWriteBatchedInserts})
   */
  public <T> int batch(Connection connection, Collection<T> items, BatchBinding<T> binding)
      throws SQLException {
    if (items.isEmpty()) {
      return 0;
    }
    try (PreparedStatement statement = connection.prepareStatement(jdbc)) {
      SqlParameters row = new SqlParameters(this, statement);
      for (T item : items) {
        binding.bind(row, item);
        statement.addBatch();
      }
      return Arrays.stream(statement.executeBatch())
          .filter(changed -> changed != Statement.SUCCESS_NO_INFO)
          .sum();
    }
  }

  /** Runs a query without parameters; returns an object of each row. */
  public <T> List<T> list(Connection connection, RowMapper<T> mapper) throws SQLException {
    return list(connection, NO_PARAMETERS, mapper);
  }

  /** Runs a query; returns an object of each row. */
  public <T> List<T> list(Connection connection, Binding binding, RowMapper<T> mapper)
      throws SQLException {
    List<T> all = new ArrayList<>();
    forEach(connection, binding, row -> all.add(mapper.map(row)));
    return all;
  }

  /** Runs a query without parameters; returns an object of the first row, empty without rows. */
  public <T> Optional<T> first(Connection connection, RowMapper<T> mapper) throws SQLException {
    return first(connection, NO_PARAMETERS, mapper);
  }

  /** Runs a query; returns an object of the first row, empty without rows or for null. */
  public <T> Optional<T> first(Connection connection, Binding binding, RowMapper<T> mapper)
      throws SQLException {
    return read(
        connection,
        binding,
        rows -> rows.next() ? Optional.ofNullable(mapper.map(rows)) : Optional.empty());
  }

  /** Runs a query without parameters and reads each row. */
  public void forEach(Connection connection, RowReader reader) throws SQLException {
    forEach(connection, NO_PARAMETERS, reader);
  }

  /** Runs a query and reads each row. */
  public void forEach(Connection connection, Binding binding, RowReader reader)
      throws SQLException {
    read(
        connection,
        binding,
        rows -> {
          while (rows.next()) {
            reader.read(rows);
          }
          return true;
        });
  }

  /** Runs a query and reads its result. */
  public <T> T read(Connection connection, Binding binding, ResultReader<T> reader)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, binding);
        ResultSet rows = statement.executeQuery()) {
      return reader.read(rows);
    }
  }

  private PreparedStatement prepare(Connection connection, Binding binding) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(jdbc);
    try {
      binding.bind(new SqlParameters(this, statement));
      return statement;
    } catch (SQLException | RuntimeException | Error e) {
      statement.close();
      throw e;
    }
  }

  /** The text with the names. */
  @Override
  public String toString() {
    return source;
  }
}
