package org.solarrelay.vendor.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.database.Transaction;
import org.solarrelay.delivery.CallBudget;
import org.solarrelay.delivery.RelaySettings;
import org.solarrelay.delivery.queue.OperatorPauses;
import org.solarrelay.delivery.queue.QueueDatabase;
import org.solarrelay.vendor.reconcile.ReconcileRun.Options;
import org.solarrelay.vendor.reconcile.ReconciledLists.ListKind;

class RunPlannerTest {

  private static final String INTERVAL = "relay.reconcile.vendors.solarproof.interval";
  private static final OffsetDateTime START = OffsetDateTime.parse("2026-12-01T10:00:00Z");
  private static final Options OPTIONS = new Options(false, false, false, Optional.empty());

  private static final ReconciledLists LISTS =
      new ReconciledLists() {
        @Override
        public String vendor() {
          return "solarproof";
        }

        @Override
        public List<ListKind> lists() {
          return List.of(new ListKind("customers", true));
        }
      };

  private AgroalDataSource database;
  private RunRepository runs;
  private RunPlanner planner;

  @BeforeEach
  void create() throws Exception {
    database = QueueDatabase.create();
    runs = new RunRepository(database);
    planner = planner(Map.of(INTERVAL, "PT5M"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aRunThatTakesLongerThanAMinuteIsNoOutage() throws SQLException {
    ReconcileRun run = planner.claim(LISTS, START).orElseThrow().run();
    execute("update reconcile_vendor set baseline_at = now() - interval '1 d'");
    execute("update reconcile_vendor set alive_at = now() - interval '50 s'");
    assertThat(planner.claim(LISTS, START.plusSeconds(50))).as("a page is being read").isEmpty();
    execute("update reconcile_vendor set alive_at = alive_at - interval '50 s'");
    end(run);

    assertThat(planner.claim(LISTS, START.plusSeconds(100))).isEmpty();

    assertThat(runs.latest("solarproof", 5)).hasSize(1);
  }

  @Test
  void aRunIsDueWhereNoPodWasThere() throws SQLException {
    end(planner.claim(LISTS, START).orElseThrow().run());
    execute("update reconcile_vendor set baseline_at = now() - interval '1 d'");
    execute("update reconcile_vendor set alive_at = now() - interval '100 s'");

    assertThat(planner.claim(LISTS, START.plusSeconds(100)).orElseThrow().run().reason())
        .isEqualTo(RunReason.OUTAGE);
  }

  @Test
  void aVendorThatIsOffCostsNoStatement() throws SQLException {
    RunPlanner off = planner(Map.of(INTERVAL, "PT5M", "relay.destinations.solarproof.url", ""));
    database.close();

    assertThat(off.claim(LISTS, START)).isEmpty();
  }

  @Test
  void whereRunsStartByHandTheDatabaseIsAskedOnceAMinute() throws SQLException {
    RunPlanner byHand = planner(Map.of());
    assertThat(byHand.claim(LISTS, START)).isEmpty();
    begin();
    assertThat(byHand.claim(LISTS, START.plusSeconds(59))).isEmpty();

    assertThat(byHand.claim(LISTS, START.plusSeconds(60))).isPresent();
  }

  @Test
  void theNextClaimLooksForTheRunThatAnOperatorStarted() throws SQLException {
    RunPlanner byHand = planner(Map.of());
    assertThat(byHand.claim(LISTS, START)).isEmpty();
    begin();

    byHand.look("solarproof");

    assertThat(byHand.claim(LISTS, START.plusSeconds(1))).isPresent();
  }

  private RunPlanner planner(Map<String, String> settings) {
    ReloadableConfig live = new ReloadableConfig(RelaySettings.of(settings));
    return new RunPlanner(
        live,
        database,
        runs,
        new ScheduleRepository(database),
        new CallBudget(live, database),
        new OperatorPauses(database));
  }

  private void begin() throws SQLException {
    Transaction.run(
        database,
        connection ->
            runs.begin(connection, LISTS, RunReason.OPERATOR, OPTIONS, Optional.of("test")));
  }

  private void end(ReconcileRun run) throws SQLException {
    Transaction.run(
        database,
        connection -> runs.end(connection, run, RunState.SUCCEEDED, Map.of(), Optional.empty()));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
