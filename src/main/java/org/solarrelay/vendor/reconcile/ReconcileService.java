package org.solarrelay.vendor.reconcile;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.solarrelay.activity.Activity;
import org.solarrelay.activity.ActivityAction;
import org.solarrelay.activity.ActivityLog;
import org.solarrelay.activity.SubjectKind;
import org.solarrelay.database.Transaction;
import org.solarrelay.vendor.reconcile.ChangeRepository.DecidedChange;
import org.solarrelay.vendor.reconcile.ReconcileRun.Options;

/** Shows runs to operators, and starts runs for them. */
@Singleton
public class ReconcileService {

  /**
   * A vendor that can be reconciled.
   *
   * @param whyOff why it cannot be read; empty where it can
   * @param interval zero where runs start only by hand
   * @param runs the latest runs, the newest first
   * @param good the last run with good lists
   */
  public record VendorRuns(
      String vendor,
      Optional<String> whyOff,
      Duration interval,
      List<ReconcileRun> runs,
      Optional<ReconcileRun> good) {}

  private final DataSource database;
  private final RunPlanner planner;
  private final RunRepository runs;
  private final ChangeRepository changes;
  private final List<ReconciledLists> vendors;

  ReconcileService(
      DataSource database,
      RunPlanner planner,
      RunRepository runs,
      ChangeRepository changes,
      @All List<ReconciledLists> vendors) {
    this.database = database;
    this.planner = planner;
    this.runs = runs;
    this.changes = changes;
    this.vendors = vendors;
  }

  /** The names of the vendors that can be reconciled. */
  public List<String> names() {
    return vendors.stream().map(ReconciledLists::vendor).sorted().toList();
  }

  /** All vendors that can be reconciled, with up to {@code limit} runs each. */
  public List<VendorRuns> vendors(int limit) throws SQLException {
    List<VendorRuns> all = new ArrayList<>();
    for (String vendor : names()) {
      all.add(
          new VendorRuns(
              vendor,
              planner.whyOff(vendor),
              planner.interval(vendor),
              runs.latest(vendor, limit),
              runs.lastGood(vendor)));
    }
    return all;
  }

  /** The vendor's runs, the newest first. */
  public List<ReconcileRun> runs(String vendor, int limit) throws SQLException {
    return runs.latest(vendor, limit);
  }

  public Optional<ReconcileRun> run(long id) throws SQLException {
    return runs.find(id);
  }

  /** What a run decided, first what no webhook reported. A real run keeps only that. */
  public List<DecidedChange> changes(long run, int limit) throws SQLException {
    return changes.decided(run, limit);
  }

  /**
   * How an operator starts a run.
   *
   * @param dryRun whether it stores nothing and publishes nothing
   * @param anyLength whether it accepts a list with less than half of the records of before
   * @param since only records that changed after this time
   */
  public record Request(boolean dryRun, boolean anyLength, Optional<OffsetDateTime> since) {}

  /**
   * Starts a run. Before the first run has succeeded, a run only learns.
   *
   * @param by the operator
   * @throws RunActiveException while the vendor has an active run
   * @throws IllegalArgumentException for an unknown vendor, and one that is off
   */
  public ReconcileRun start(String vendor, Request request, String by)
      throws SQLException, RunActiveException {
    ReconciledLists lists =
        vendors.stream()
            .filter(one -> one.vendor().equals(vendor))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is no list of %s; there are lists of %s"
                            .formatted(vendor, String.join(", ", names()))));
    Optional<String> off = planner.whyOff(vendor);
    if (off.isPresent()) {
      throw new IllegalArgumentException("%s is off: %s".formatted(vendor, off.get()));
    }
    Options options =
        new Options(
            request.dryRun(),
            planner.baseline(vendor).isEmpty(),
            request.anyLength(),
            request.since());
    Optional<ReconcileRun> run =
        Transaction.call(database, connection -> begin(connection, lists, options, by));
    planner.look(vendor);
    return run.orElseThrow(
        () -> new RunActiveException("%s has an active run already".formatted(vendor)));
  }

  private Optional<ReconcileRun> begin(
      Connection connection, ReconciledLists lists, Options options, String by)
      throws SQLException {
    Optional<ReconcileRun> run =
        runs.begin(connection, lists, RunReason.OPERATOR, options, Optional.of(by));
    if (run.isPresent()) {
      ActivityLog.record(
          connection,
          Activity.of(by, ActivityAction.RECONCILE, SubjectKind.DESTINATION, lists.vendor())
              .details(details(run.get())));
    }
    return run;
  }

  /** Such as {@code run 12, dry run, since 2026-01-31T08:00Z}. */
  private static String details(ReconcileRun run) {
    List<String> details = new ArrayList<>(List.of("run " + run.id()));
    if (run.options().dryRun()) {
      details.add("dry run");
    }
    if (run.options().anyLength()) {
      details.add("any length");
    }
    run.options().since().ifPresent(since -> details.add("since " + since));
    return String.join(", ", details);
  }
}
