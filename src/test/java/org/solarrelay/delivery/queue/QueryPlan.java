package org.solarrelay.delivery.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.solarrelay.database.Transaction;

/**
 * How PostgreSQL has run a statement.
 *
 * @param text its plan with the buffers it has read
 */
public record QueryPlan(String text) {

  private static final Pattern INDEX = Pattern.compile("Index (?:Only )?Scan (?:using|on) (\\w+)");
  private static final Pattern BUFFERS = Pattern.compile("Buffers: shared hit=(\\d+)");

  /** Sets the values of a statement. */
  public interface Binding {
    void to(Connection connection, PreparedStatement statement) throws SQLException;
  }

  /**
   * Runs the statement with the relay's own settings of a connection, and undoes it.
   *
   * @param before a step of the same transaction
   */
  public static QueryPlan of(
      QueueFixture fixture, String sql, Binding binding, Transaction.Step before)
      throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection connection = fixture.connection()) {
      connection.setAutoCommit(false);
      before.on(connection);
      try (PreparedStatement setting =
          connection.prepareStatement("set local enable_seqscan = off")) {
        setting.execute();
      }
      try (PreparedStatement statement =
          connection.prepareStatement("explain (analyze, buffers) " + sql)) {
        binding.to(connection, statement);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            plan.append(row.getString(1)).append('\n');
          }
        }
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
    return new QueryPlan(plan.toString());
  }

  /** The indexes that were read. */
  public List<String> indexes() {
    return INDEX.matcher(text).results().map(index -> index.group(1)).toList();
  }

  /** How many pages were read. */
  public int buffers() {
    return BUFFERS
        .matcher(text)
        .results()
        .mapToInt(buffers -> Integer.parseInt(buffers.group(1)))
        .max()
        .orElse(0);
  }
}
