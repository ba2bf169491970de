package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.solarrelay.database.SqlFailure;

/** Moves deliveries in all states from the one table of version 14 to the tables of version 15. */
class LeanQueueMigrationTest {

  private static final String ROWS =
      """
      select id, source, event_id, destination, record, match_key, state, attempts, status, answer,
        vendor_id, reason, created_at, first_attempt_at, last_attempt_at, finished_at, late,
        approved_at, wrote, case when state in ('pending', 'running') then due_at end as due_at,
        case when state in ('pending', 'running') then budget_from end as budget_from
      from delivery d where destination = 'enerflo' order by id
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
            (array['pending', 'running', 'held', 'delivered', 'skipped', 'dead'])[1 + n % 6] as state) as t
        """);
    execute("insert into failed_attempt select id, 1, now(), 500, 'why', null from delivery");
    execute("insert into unannounced select id from delivery where state = 'dead'");
    execute("delete from delivery where id = (select max(id) from delivery)");
    execute(
        """
        insert into delivery (source, event_id, destination, record, state, attempts, due_at)
        values ('crm', 'e1', 'live', 'crm:s1', 'running', 1, now() + interval '1 s')
        """);
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

  @Test
  void aPodOfThePreviousVersionRecordsResultsButTakesAndAddsNothing() throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      String first =
          "select id from delivery_work where leased_until is not null order by id limit 5";
      List<String> taken = column(connection, first);

      execute(
          connection,
          "update delivery set due_at = now() + interval '1 h' where id in (%s)".formatted(first));
      assertThat(
              column(
                  connection,
                  "select count(*) from delivery_work where leased_until > now() + interval '50 min'"))
          .containsExactly("5");
      execute(connection, recordOfBefore(taken.get(0), "delivered", 0));
      execute(connection, recordOfBefore(taken.get(1), "pending", 0));
      execute(connection, recordOfBefore(taken.get(2), "held", 0));
      execute(connection, recordOfBefore(taken.get(3), "delivered", 1));
      execute(
          connection,
          "update delivery set state = 'pending', attempts = attempts - 1 where id = "
              + taken.get(4));

      assertThat(
              column(
                  connection,
                  """
                  select state, over, vendor_id = 'new', finished_at is not null
                  from delivery where id in (%s) order by id
                  """
                      .formatted(String.join(",", taken))))
          .containsExactly(
              "delivered|t|t|t", "pending|f|t|f", "held|f|t|f", "running|f|f|f", "pending|f|f|f");
      assertAway(
          connection,
          """
          update delivery set state = 'running', attempts = attempts + 1
          where state || '' in ('pending', 'running')
          """);
      assertAway(
          connection,
          """
          insert into delivery (source, event_id, destination, record, state)
          values ('crm', 'e1', 'new', 'new', 'pending') on conflict do nothing
          """);
      connection.rollback();
    }
  }

  /** The previous version executes it again and again, and gives up no delivery because of it. */
  private static void assertAway(Connection connection, String sql) throws SQLException {
    Savepoint before = connection.setSavepoint();
    assertThatThrownBy(() -> execute(connection, sql))
        .satisfies(failure -> assertThat(SqlFailure.of(failure)).isEqualTo(SqlFailure.AWAY));
    connection.rollback(before);
  }

  /**
   * What the previous version executes.
   *
   * @param late how many attempts have followed the one that is recorded
   */
  private static String recordOfBefore(String id, String state, int late) {
    return """
    with written as (
      update delivery d
      set state = a.state, due_at = now() + interval '1 s', status = 201, answer = 'new',
        vendor_id = 'new', reason = 'new', wrote = null,
        finished_at = case when a.finished then now() end, budget_from = d.budget_from
      from (values (%1$s, '%2$s', '%2$s' = 'delivered')) as a (id, state, finished)
      where d.id = a.id and d.attempts = d.attempts + %3$d and d.state || '' = 'running'
      returning d.id, d.finished_at is not null as finished)
    insert into unannounced select id from written where finished on conflict do nothing
    """
        .formatted(id, state, late);
  }

  @Test
  void aLiveLeaseOutlastsTheMigration() throws SQLException {
    assertThat(
            column(
                """
                select leased_until > now() + interval '15 s' from delivery_work
                where destination = 'live'
                """))
        .containsExactly("t");
  }

  private static void migrateTo(String version) {
    Flyway flyway = QueueDatabase.flyway(database);
    Flyway.configure().configuration(flyway.getConfiguration()).target(version).load().migrate();
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection()) {
      execute(connection, sql);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> column(String sql) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return column(connection, sql);
    }
  }

  private static List<String> column(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
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
