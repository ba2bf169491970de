package org.solarrelay.vendor.reconcile;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.solarrelay.config.CallRate;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.database.Transaction;
import org.solarrelay.delivery.CallBudget;
import org.solarrelay.delivery.NotReadyException;
import org.solarrelay.delivery.queue.OperatorPauses;
import org.solarrelay.vendor.reconcile.ReconcileRun.Options;
import org.solarrelay.vendor.reconcile.ScheduleRepository.Schedule;

/**
 * Decides when a run begins, and when its next page is read. While no run is at work, a pod asks
 * the database only now and then: about a vendor that is off not at all.
 */
@Singleton
class RunPlanner {

  private static final Logger LOG = Logger.getLogger(RunPlanner.class);

  private static final Duration STANDALONE_INTERVAL = Duration.ofMinutes(5);

  /** Longer than a page takes, with all time-outs. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  /** A busy limit is asked again after this time. */
  private static final Duration BUSY = Duration.ofSeconds(2);

  /** How often a pod asks the database for runs while none is at work. */
  private static final Duration IDLE = Duration.ofSeconds(5);

  /** Where runs start by hand, the pod that starts one asks at once; others continue its run. */
  private static final Duration IDLE_BY_HAND = Duration.ofMinutes(1);

  private static final double JITTER = 0.1;

  private final ReloadableConfig live;
  private final DataSource database;
  private final RunRepository runs;
  private final ScheduleRepository schedules;
  private final CallBudget budget;
  private final OperatorPauses pauses;
  private final Map<String, Instant> nextLook = new HashMap<>();

  RunPlanner(
      ReloadableConfig live,
      DataSource database,
      RunRepository runs,
      ScheduleRepository schedules,
      CallBudget budget,
      OperatorPauses pauses) {
    this.live = live;
    this.database = database;
    this.runs = runs;
    this.schedules = schedules;
    this.budget = budget;
    this.pauses = pauses;
  }

  /** The time between two runs; zero where runs start only by hand. */
  Duration interval(String vendor) {
    RelayConfig config = live.get();
    Duration standard = config.standalone() ? STANDALONE_INTERVAL : Duration.ZERO;
    return Optional.ofNullable(config.reconcile().vendors().get(vendor))
        .flatMap(RelayConfig.Reconcile.ReconciledVendor::interval)
        .orElse(standard);
  }

  /** Why the vendor cannot be read; empty where it can. */
  Optional<String> whyOff(String vendor) {
    RelayConfig.Destination settings = live.destinations().get(vendor);
    return settings == null ? Optional.of("there is no destination " + vendor) : settings.whyOff();
  }

  /** Whether runs start by themselves. */
  boolean isOn(String vendor) {
    return interval(vendor).compareTo(Duration.ZERO) > 0;
  }

  /**
   * Claims the next page of the vendor's run. Starts a run that is due.
   *
   * @return empty while there is nothing to do, while deliveries use the rate limit, or while an
   *     operator has paused the vendor
   */
  synchronized Optional<ReconcileTask> claim(ReconciledLists lists, OffsetDateTime now)
      throws SQLException {
    String vendor = lists.vendor();
    if (now.toInstant().isBefore(nextLook.getOrDefault(vendor, Instant.MIN))) {
      return Optional.empty();
    }
    // so also after an error
    rest(vendor, now, IDLE);
    if (whyOff(vendor).isPresent()) {
      return Optional.empty();
    }
    Optional<Schedule> schedule = visit(vendor);
    boolean active = schedule.isPresent() ? schedule.get().active() : runs.isActive(vendor);
    Optional<RunReason> due = schedule.flatMap(Schedule::due);
    if (!active && due.isEmpty()) {
      rest(vendor, now, schedule.isPresent() ? IDLE : IDLE_BY_HAND);
      return Optional.empty();
    }
    if (pauses.of(vendor) != null) {
      return Optional.empty();
    }
    if (!active) {
      start(lists, due.get(), schedule.get().baseline().isEmpty());
    }
    look(vendor);
    Optional<ReconcileRun> run = runs.claim(vendor, pace(vendor), LEASE);
    if (run.isEmpty() || run.get().state() == RunState.LISTING && !spend(run.get())) {
      return Optional.empty();
    }
    Optional<OffsetDateTime> lastGood = runs.lastGood(vendor).map(ReconcileRun::startedAt);
    return Optional.of(new ReconcileTask(run.get(), now, lastGood));
  }

  /** Has the next claim look for runs. */
  synchronized void look(String vendor) {
    nextLook.remove(vendor);
  }

  private void rest(String vendor, OffsetDateTime now, Duration time) {
    nextLook.put(vendor, now.toInstant().plus(time));
  }

  /**
   * Notes that this pod is there, also while a run is at work: only an absence of all pods is an
   * outage.
   *
   * @return empty where runs start by hand
   */
  private Optional<Schedule> visit(String vendor) throws SQLException {
    return isOn(vendor)
        ? Optional.of(schedules.visit(vendor, interval(vendor), live.get().reconcile().outage()))
        : Optional.empty();
  }

  private void start(ReconciledLists lists, RunReason reason, boolean learning)
      throws SQLException {
    String vendor = lists.vendor();
    Options options = new Options(false, learning, false, Optional.empty());
    Transaction.run(
        database,
        connection -> {
          Optional<ReconcileRun> run =
              runs.begin(connection, lists, reason, options, Optional.empty());
          schedules.plan(connection, vendor, withJitter(interval(vendor)), RunReason.INTERVAL);
          run.ifPresent(
              it ->
                  LOG.infof(
                      "Reconciliation of %s: run %d begins (%s%s)",
                      vendor, it.id(), reason.label(), learning ? ", learns" : ""));
        });
  }

  /** Takes a call from the limit that deliveries leave. */
  private boolean spend(ReconcileRun run) throws SQLException {
    try {
      budget.spendSpare(run.vendor(), 1);
      return true;
    } catch (NotReadyException e) {
      runs.delay(run, BUSY, false, e.getMessage());
      return false;
    }
  }

  /** The time between two pages, which keeps the run within its share of the vendor's limit. */
  Duration pace(String vendor) {
    RelayConfig.Reconcile settings = live.get().reconcile();
    CallRate rate =
        Optional.ofNullable(live.destinations().get(vendor))
            .flatMap(RelayConfig.Destination::rateLimit)
            .filter(CallRate::isLimited)
            .orElse(null);
    if (rate == null) {
      return Duration.ofMinutes(1).dividedBy(Math.max(1, settings.callsPerMinute()));
    }
    double share = Math.min(1, Math.max(0.01, settings.share()));
    return Duration.ofMillis((long) Math.ceil(rate.window().toMillis() / (rate.calls() * share)));
  }

  private static Duration withJitter(Duration interval) {
    double factor = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    return Duration.ofMillis((long) (interval.toMillis() * factor));
  }

  /** Makes a run due, because intake rejected the vendor's webhooks for a while. */
  void outageEnded(String vendor) throws SQLException {
    if (baseline(vendor).isPresent()) {
      schedules.planNow(vendor, RunReason.OUTAGE);
      look(vendor);
    }
  }

  /** The start of the run that learned; empty before it has succeeded. */
  Optional<OffsetDateTime> baseline(String vendor) throws SQLException {
    return schedules.baseline(vendor);
  }
}
