package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Kills processes that migrate the database, after each durable change: PostgreSQL ends their
 * connections there. A kill between two durable changes has the same effect as after the first.
 */
class InterruptedMigrationTest {

  private static final String SCHEMA =
      """
      select concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default)
      from information_schema.columns where table_schema = 'public'
      union all
      select indexdef from pg_indexes where schemaname = 'public'
      union all
      select concat_ws(' ', conrelid::regclass, pg_get_constraintdef(oid))
      from pg_constraint where connamespace = 'public'::regnamespace
      union all
      select concat_ws(' ', version, checksum, success) from flyway_schema_history
      order by 1
      """;

  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  private static PGSimpleDataSource database;

  @BeforeAll
  static void createDatabase() throws Exception {
    // Flyway logs each lost connection with a stack trace
    FLYWAY.setLevel(Level.OFF);
    database = QueueDatabase.createEmpty();
  }

  @AfterAll
  static void logAgain() {
    FLYWAY.setLevel(null);
  }

  @Test
  void aMigrationThatIsKilledAtAnyPointIsCompletedByTheNextStart() throws Exception {
    int migrations = QueueDatabase.flyway(database).migrate().migrationsExecuted;
    List<String> schema = schema();
    empty();

    int kills = 0;
    while (isKilled()) {
      kills++;
    }

    assertThat(kills).isGreaterThanOrEqualTo(migrations);
    assertThat(schema()).isEqualTo(schema);
  }

  /** Starts the relay up to its first change; false where nothing is left to change. */
  private static boolean isKilled() {
    InterruptedDataSource interrupted = new InterruptedDataSource(database);
    Throwable end = catchThrowable(() -> QueueDatabase.flyway(interrupted).migrate());
    if (end != null && !interrupted.killed()) {
      throw new AssertionError("A start after a kill fails", end);
    }
    return end != null;
  }

  private static List<String> schema() throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(SCHEMA)) {
      while (row.next()) {
        lines.add(row.getString(1));
      }
    }
    return lines;
  }

  private static void empty() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop schema public cascade");
      statement.execute("create schema public");
    }
  }
}
