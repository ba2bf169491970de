package org.solarrelay.vendor.reconcile;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.solarrelay.database.Sql;

/** Stores when the next run of a vendor begins, and which run was the last good one. */
@Singleton
public class ScheduleRepository {

  /**
   * What is known of a vendor's runs.
   *
   * @param due why a run is due; empty if none is
   * @param baseline the start of the run that learned; empty before it has succeeded
   * @param active whether a run is at work
   */
  record Schedule(Optional<RunReason> due, Optional<OffsetDateTime> baseline, boolean active) {

    static Schedule of(ResultSet row) throws SQLException {
      return new Schedule(
          Optional.ofNullable(row.getString("due")).map(RunReason::of),
          Optional.ofNullable(row.getObject("baseline_at", OffsetDateTime.class)),
          row.getBoolean("active"));
    }
  }

  // jitter makes a due_at of up to 1.1 intervals; a later one is of a longer interval of before
  private static final Sql VISIT =
      Sql.of(
          """
          insert into reconcile_vendor as v (vendor) values (:vendor)
          on conflict (vendor) do update set alive_at = now(),
            due_at = case when v.alive_at < now() - :outage * interval '1 ms'
              and v.baseline_at is not null then now() else v.due_at end,
            due_reason = case when v.alive_at < now() - :outage * interval '1 ms'
              and v.baseline_at is not null then 'outage' else v.due_reason end
          returning baseline_at,
            exists (
              select from reconcile_run r
              where r.vendor = :vendor and r.state in %s) as active,
            case when due_at is null or due_at <= now()
                or due_at > now() + :interval * 1.2 * interval '1 ms'
              then coalesce(due_reason, 'interval') end as due
          """
              .formatted(RunRepository.ACTIVE_STATES));

  private static final Sql BASELINE =
      Sql.of("select baseline_at from reconcile_vendor where vendor = :vendor");

  private static final Sql PLAN =
      Sql.of(
          """
          update reconcile_vendor
          set due_at = now() + :wait * interval '1 ms', due_reason = :reason
          where vendor = :vendor
          """);

  private static final Sql GOOD =
      Sql.of(
          """
          insert into reconcile_vendor as v (vendor, good_run, baseline_at)
          values (:vendor, :run, :startedAt)
          on conflict (vendor) do update
          set good_run = excluded.good_run, baseline_at = coalesce(v.baseline_at, excluded.baseline_at)
          """);

  private final DataSource database;

  ScheduleRepository(DataSource database) {
    this.database = database;
  }

  /**
   * Notes that a pod is there, and returns the vendor's schedule. If no pod was there for longer
   * than {@code outage}, a run is due.
   */
  Schedule visit(String vendor, Duration interval, Duration outage) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return VISIT
          .first(
              connection,
              parameters ->
                  parameters
                      .set("vendor", vendor)
                      .set("interval", interval.toMillis())
                      .set("outage", outage.toMillis()),
              Schedule::of)
          .orElseThrow();
    }
  }

  /** The start of the run that learned; empty before it has succeeded. */
  Optional<OffsetDateTime> baseline(String vendor) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return BASELINE.first(
          connection,
          parameters -> parameters.set("vendor", vendor),
          row -> row.getObject("baseline_at", OffsetDateTime.class));
    }
  }

  /** Makes the next run due after this time. */
  void plan(Connection connection, String vendor, Duration wait, RunReason reason)
      throws SQLException {
    PLAN.update(
        connection,
        parameters ->
            parameters
                .set("vendor", vendor)
                .set("wait", wait.toMillis())
                .set("reason", reason.label()));
  }

  /** Makes a run due now. */
  void planNow(String vendor, RunReason reason) throws SQLException {
    try (Connection connection = database.getConnection()) {
      plan(connection, vendor, Duration.ZERO, reason);
    }
  }

  /** Notes a run with good lists. */
  void succeeded(Connection connection, ReconcileRun run) throws SQLException {
    GOOD.update(
        connection,
        parameters ->
            parameters
                .set("vendor", run.vendor())
                .set("run", run.id())
                .set("startedAt", run.startedAt()));
  }
}
