package org.solarrelay.delivery.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;

/**
 * How PostgreSQL has run a statement.
 *
 * @param text its plan with the buffers it has read
 */
public record QueryPlan(String text) {

  private static final Pattern INDEX = Pattern.compile("Index (?:Only )?Scan (?:using|on) (\\w+)");
  private static final Pattern CONDITIONLESS =
      Pattern.compile("Index (?:Only )?Scan (?:Backward )?using (\\w+) [^\n]*\n(?! *Index Cond)");

  private static final Pattern BUFFERS = Pattern.compile("Buffers: shared hit=(\\d+)");

  /**
   * Runs the statement with the relay's settings of a connection and rolls it back.
   *
   * @param before a step of the same transaction
   */
  public static QueryPlan of(
      QueueFixture fixture, Sql sql, Sql.Binding binding, Transaction.Step before)
      throws SQLException {
    try (Connection connection = fixture.connection()) {
      connection.setAutoCommit(false);
      try {
        before.on(connection);
        Sql.of("set local enable_seqscan = off").update(connection);
        List<String> lines =
            Sql.of("explain (analyze, buffers) " + sql)
                .list(connection, binding, row -> row.getString(1));
        return new QueryPlan(String.join("\n", lines));
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  /** The indexes that were read. */
  public List<String> indexes() {
    return INDEX.matcher(text).results().map(index -> index.group(1)).toList();
  }

  /** The scans of an index that have no condition on it, so that they read all of it. */
  public List<String> conditionlessIndexes() {
    return CONDITIONLESS.matcher(text).results().map(index -> index.group(1)).toList();
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
