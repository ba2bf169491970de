package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Moves deliveries in all states from the one table of version 14 to the tables of version 15. */
class LeanQueueMigrationTest {

  private static final String ROWS =
      """
      select id, source, event_id, destination, record, match_key, state, attempts, status, answer,
        vendor_id, reason, created_at, first_attempt_at, last_attempt_at, finished_at, late,
        approved_at, wrote, case when state in ('pending', 'running') then due_at end as due_at,
        case when state in ('pending', 'running') then budget_from end as budget_from
      from delivery d order by id
      """;

  private static PGSimpleDataSource database;
  private static List<String> before;

  @BeforeAll
  static void migrateDeliveriesInAllStates() throws Exception {
    database = QueueDatabase.createEmpty();
    migrateTo("14");
    execute(
        """
        insert into event (source, id, type, subject, happened_at, topic, partition, "offset",
          timestamp_ms, headers, value)
        select 'crm', 'e' || n, 'lead.submitted', 's' || n, now(), 'solar.leads', 0, n, 0, '[]',
          'twelve bytes' from generate_series(1, 600) n
        """);
    execute(
        """
        insert into delivery (source, event_id, destination, record, match_key, state, attempts,
          status, answer, vendor_id, reason, created_at, due_at, first_attempt_at, last_attempt_at,
          finished_at, late, approved_at, wrote, budget_from)
        select 'crm', 'e' || n, 'enerflo', 'crm:s' || n, 'key' || n, state, n % 4, 200 + n, 'a' || n,
          'v' || n, 'r' || n, at, at + interval '1 h', at + interval '2 s', at + interval '3 s',
          case when state in ('delivered', 'skipped', 'dead') then at + interval '4 s' end,
          n % 2 = 0, at, '{}', at
        from generate_series(1, 600) n,
          lateral (select now() - n * interval '9 h' as at,
            (array['pending', 'running', 'held', 'delivered', 'skipped', 'dead'])[1 + n % 6] as state)
        """);
    execute("insert into failed_attempt select id, 1, now(), 500, 'why', null from delivery");
    execute("insert into unannounced select id from delivery where state = 'dead'");
    execute("delete from delivery where id = (select max(id) from delivery)");
    before = column(ROWS);
    migrateTo("latest");
  }

  @Test
  void everyDeliveryIsAsBefore() throws SQLException {
    assertThat(column(ROWS)).hasSize(599).isEqualTo(before);
  }

  @Test
  void unfinishedOnesAreWorkAndTheOthersHistory() throws SQLException {
    assertThat(column("select distinct state from delivery where not over order by 1"))
        .containsExactly("held", "pending", "running");
    assertThat(column("select count(*) from delivery_work where bytes = 14"))
        .isEqualTo(column("select count(*) from delivery_work"));
  }

  @Test
  void thePastHasItsWeeksUpToHalfAYear() throws SQLException {
    assertThat(
            column(
                """
                select max(finished_at) < now() - interval '25 weeks' from delivery_ledger_default
                """))
        .containsExactly("t");
    assertThat(column("select count(distinct tableoid) > 20 from delivery_ledger"))
        .containsExactly("t");
  }

  @Test
  void attemptsAndMarksAreKept() throws SQLException {
    assertThat(column("select count(*) from failed_attempt")).containsExactly("599");
    assertThat(column("select count(*) from unannounced join delivery on id = delivery_id"))
        .containsExactly("100");
  }

  @Test
  void aNewDeliveryHasAHigherIdThanAllBefore() throws SQLException {
    String id =
        column(
                """
                insert into delivery_work (source, event_id, destination, record, bytes)
                values ('crm', 'e1', 'new', 'new', 1) returning id
                """)
            .get(0);
    execute("delete from delivery_work where destination = 'new'");

    assertThat(Long.parseLong(id)).isGreaterThan(600);
  }

  private static void migrateTo(String version) {
    Flyway flyway = QueueDatabase.flyway(database);
    Flyway.configure().configuration(flyway.getConfiguration()).target(version).load().migrate();
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> column(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        StringBuilder line = new StringBuilder();
        for (int n = 1; n <= columns; n++) {
          line.append(n == 1 ? "" : "|").append(row.getString(n));
        }
        values.add(line.toString());
      }
    }
    return values;
  }
}
