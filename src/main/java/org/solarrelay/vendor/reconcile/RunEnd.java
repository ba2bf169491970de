package org.solarrelay.vendor.reconcile;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jboss.logging.Logger;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.database.Transaction;
import org.solarrelay.delivery.CredentialsRejectedException;
import org.solarrelay.delivery.http.FailureCause;
import org.solarrelay.delivery.http.FailureText;
import org.solarrelay.routes.FailedStep;
import org.solarrelay.vendor.reconcile.ReconciledLists.ListKind;

/** Ends runs: with success, because a list is too short, or after failures. */
@Singleton
class RunEnd {

  private static final Logger LOG = Logger.getLogger(RunEnd.class);

  private static final int MAX_FAILURES = 10;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
  private static final int TOO_MANY_REQUESTS = 429;

  private final DataSource database;
  private final RunRepository runs;
  private final ScheduleRepository schedules;
  private final KnownRecordRepository known;
  private final ChangeRepository changes;
  private final ReconcileMetrics metrics;
  private final Duration keep;

  RunEnd(
      DataSource database,
      RunRepository runs,
      ScheduleRepository schedules,
      KnownRecordRepository known,
      ChangeRepository changes,
      ReconcileMetrics metrics,
      ReloadableConfig live) {
    this.database = database;
    this.runs = runs;
    this.schedules = schedules;
    this.known = known;
    this.changes = changes;
    this.metrics = metrics;
    this.keep = live.get().ledger().retention();
  }

  /**
   * Rejects a run that found less than half of the records of the last good one. The vendor may
   * have had a fault; the last good lists stay.
   */
  boolean rejectShorterList(ReconcileRun run, ReconciledLists lists) throws SQLException {
    Optional<ReconcileRun> good = runs.lastGood(run.vendor());
    if (good.isEmpty() || run.options().anyLength()) {
      return false;
    }
    for (ListKind list : lists.lists()) {
      int before = good.get().count(list.kind()).records();
      int now = run.count(list.kind()).records();
      if (list.whole() && now * 2 < before) {
        end(
            run,
            RunState.REJECTED,
            run.counts(),
            Optional.of(
                "the list of %s has %d records, less than half of %d before"
                    .formatted(list.kind(), now, before)));
        return true;
      }
    }
    return false;
  }

  /** Ends a run whose events are all published. */
  void succeed(ReconcileRun run, ReconciledLists lists) throws SQLException {
    Map<String, ListCount> counts = new TreeMap<>(run.counts());
    List<String> open = new ArrayList<>();
    try (Connection connection = database.getConnection()) {
      for (ListKind list : lists.lists()) {
        ListCount count = run.count(list.kind());
        boolean incomplete = count.isIncomplete();
        if (incomplete) {
          open.add("%s: %d of %d found".formatted(list.kind(), count.records(), count.total()));
        }
        if (list.whole() && !incomplete && !run.options().dryRun()) {
          counts.put(list.kind(), count.withDeleted(known.deleted(connection, run, list.kind())));
        }
      }
    }
    end(
        run,
        RunState.SUCCEEDED,
        counts,
        open.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", open)));
    for (ListKind list : lists.lists()) {
      if (list.whole() && !run.options().dryRun()) {
        metrics.deleted(
            run.vendor(), list.kind(), counts.getOrDefault(list.kind(), ListCount.NONE).deleted());
      }
    }
  }

  private void end(
      ReconcileRun run, RunState state, Map<String, ListCount> counts, Optional<String> detail)
      throws SQLException {
    boolean ended =
        Transaction.call(
            database,
            connection -> {
              if (!runs.end(connection, run, state, counts, detail)) {
                return false;
              }
              changes.clean(connection, run);
              if (state == RunState.SUCCEEDED && !run.options().dryRun()) {
                schedules.succeeded(connection, run);
              }
              runs.prune(connection, run.vendor(), keep);
              known.prune(connection, run.vendor(), keep);
              return true;
            });
    if (ended) {
      metrics.ended(run.vendor(), state);
      log(run, state, counts, detail);
    }
  }

  private static void log(
      ReconcileRun run, RunState state, Map<String, ListCount> counts, Optional<String> detail) {
    int missed = counts.values().stream().mapToInt(ListCount::missedEvents).sum();
    int records = counts.values().stream().mapToInt(ListCount::records).sum();
    String what =
        "Reconciliation of %s: run %d %s after %d records, %d changes missed%s"
            .formatted(
                run.vendor(),
                run.id(),
                state.label(),
                records,
                missed,
                detail.map(text -> "; " + text).orElse(""));
    if (state == RunState.SUCCEEDED) {
      LOG.info(what);
    } else {
      LOG.warn(what);
    }
  }

  /** Notes a failed page; ends the run after ten failures in a row. */
  void failed(ReconcileTask task, Exception thrown) {
    ReconcileRun run = task.run();
    Throwable failure = FailureCause.of(thrown);
    String reason = describe(run.vendor(), failure);
    int failures = run.position().failures() + 1;
    try {
      if (failures >= MAX_FAILURES) {
        end(run, RunState.FAILED, run.counts(), Optional.of(reason));
      } else {
        runs.delay(run, wait(failures, failure), true, reason);
        LOG.debugf("Page %d of %s: %s", task.getPage(), task.getKind(), reason);
      }
    } catch (SQLException e) {
      LOG.debugf("The lease of run %d ends by itself: %s", run.id(), e.getMessage());
    }
  }

  private static Duration wait(int failures, Throwable failure) {
    boolean limited =
        failure instanceof HttpOperationFailedException http
            && http.getStatusCode() == TOO_MANY_REQUESTS;
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures - 1, 6));
    if (limited) {
      return Duration.ofMinutes(1);
    }
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  /** The failure for operators, without the response, which holds personal data. */
  private static String describe(String vendor, Throwable failure) {
    if (failure instanceof HttpOperationFailedException http) {
      return vendor + " returned " + http.getStatusCode();
    }
    if (failure instanceof CredentialsRejectedException) {
      return failure.getMessage();
    }
    if (failure instanceof SQLException) {
      return "PostgreSQL is unavailable: " + failure.getMessage();
    }
    return FailureText.ofCall(vendor, failure)
        .orElseGet(
            () -> failure instanceof IOException ? failure.getMessage() : FailedStep.kind(failure));
  }
}
