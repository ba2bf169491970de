package org.solarrelay.vendor.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.database.Transaction;
import org.solarrelay.delivery.queue.QueueDatabase;
import org.solarrelay.vendor.reconcile.ScheduleRepository.Schedule;

class ScheduleRepositoryTest {

  private static final Duration INTERVAL = Duration.ofMinutes(5);
  private static final Duration OUTAGE = Duration.ofMinutes(1);

  private AgroalDataSource database;
  private ScheduleRepository schedules;

  @BeforeEach
  void create() throws Exception {
    database = QueueDatabase.create();
    schedules = new ScheduleRepository(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theFirstRunIsDueAtOnceAndTheNextOneAfterTheInterval() throws SQLException {
    assertThat(visit())
        .isEqualTo(new Schedule(Optional.of(RunReason.INTERVAL), Optional.empty(), false));
    plan(INTERVAL);
    assertThat(visit().due()).isEmpty();
    execute("update reconcile_vendor set due_at = now()");
    assertThat(visit().due()).contains(RunReason.INTERVAL);
  }

  @Test
  void aRunIsDueWhereNoPodWasThereForLongerThanAMinute() throws SQLException {
    visit();
    plan(INTERVAL);
    execute("update reconcile_vendor set baseline_at = now() - interval '1 d'");
    assertThat(visit().due()).isEmpty();

    execute("update reconcile_vendor set alive_at = now() - interval '61 s'");

    assertThat(visit().due()).contains(RunReason.OUTAGE);
  }

  @Test
  void noOutageIsDueBeforeARunHasLearned() throws SQLException {
    visit();
    plan(INTERVAL);

    execute("update reconcile_vendor set alive_at = now() - interval '61 s'");

    assertThat(visit().due()).isEmpty();
  }

  @Test
  void aShorterIntervalCountsAtOnce() throws SQLException {
    visit();
    plan(Duration.ofDays(1));

    assertThat(visit().due()).contains(RunReason.INTERVAL);
  }

  private Schedule visit() throws SQLException {
    return schedules.visit("enerflo", INTERVAL, OUTAGE);
  }

  private void plan(Duration wait) throws SQLException {
    Transaction.run(
        database, connection -> schedules.plan(connection, "enerflo", wait, RunReason.INTERVAL));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
