package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.queue.QueueFixture.LEASE;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Recording a batch costs what the batch costs, whatever the backlog and whatever PostgreSQL's
 * statistics say. The statistics here are those of an empty table.
 */
class DeliveryQueuePlanTest {

  private static final int BACKLOG = 20_000;
  private static final int BATCH = 64;
  private static final Pattern INDEX = Pattern.compile("Index (?:Only )?Scan (?:using|on) (\\w+)");
  private static final Pattern BUFFERS = Pattern.compile("Buffers: shared hit=(\\d+)");

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  private interface Binding {
    void to(Connection connection, PreparedStatement statement) throws SQLException;
  }

  @BeforeEach
  void aBacklogThatTheStatisticsDoNotKnow() throws SQLException {
    fixture.execute("alter table delivery set (autovacuum_enabled = false)");
    fixture.execute("analyze delivery");
    fixture.addLeads(BACKLOG);
  }

  @Test
  void recordFindsItsRowsByTheirPrimaryKey() throws SQLException {
    List<Attempt> attempts =
        take().stream().map(taken -> new Attempt(taken, Verdict.delivered("1"))).toList();

    String plan =
        explain(
            AttemptRows.RECORD,
            (connection, record) -> AttemptRows.bind(connection, record, attempts));

    assertReadsByPrimaryKey(plan);
  }

  @Test
  void extendFindsItsRowsByTheirPrimaryKey() throws SQLException {
    Object[] ids = take().stream().map(Delivery::id).toArray();

    String plan =
        explain(
            DeliveryQueue.EXTEND,
            (connection, extend) -> {
              extend.setLong(1, LEASE.toMillis());
              extend.setArray(2, connection.createArrayOf("bigint", ids));
            });

    assertReadsByPrimaryKey(plan);
  }

  private static List<Delivery> take() throws SQLException {
    List<Delivery> taken = fixture.queue.take("enerflo", BATCH, LEASE);
    assertThat(taken).hasSize(BATCH);
    return taken;
  }

  private static void assertReadsByPrimaryKey(String plan) {
    assertThat(INDEX.matcher(plan).results().map(index -> index.group(1)))
        .as(plan)
        .containsOnly("delivery_pkey");
    // a row costs its own pages and those of its indexes; the whole backlog has over a thousand
    assertThat(most(BUFFERS.matcher(plan).results().toList())).as(plan).isLessThan(BATCH * 60);
  }

  private static int most(List<MatchResult> numbers) {
    return numbers.stream().mapToInt(number -> Integer.parseInt(number.group(1))).max().orElse(0);
  }

  /**
   * Runs the statement with the relay's own settings of a connection, undoes it, and returns
   * PostgreSQL's plan with the buffers it has read.
   */
  private static String explain(String sql, Binding binding) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection connection = fixture.connection()) {
      connection.setAutoCommit(false);
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
    return plan.toString();
  }
}
