package org.solarrelay.vendor.reconcile;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what runs read and what no webhook reported. */
@Singleton
class ReconcileMetrics {

  private record ListOf(String vendor, String kind) {}

  private final MeterRegistry registry;
  private final Map<ListOf, AtomicLong> deleted = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> successes = new ConcurrentHashMap<>();

  ReconcileMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Registers the meters of a vendor at 0: Prometheus sees the first increase only after a 0. */
  void register(ReconciledLists lists) {
    for (ReconciledLists.ListKind list : lists.lists()) {
      records(lists.vendor(), list.kind());
      for (MissedChange change : MissedChange.values()) {
        missedCounter(lists.vendor(), list.kind(), change);
      }
      if (list.whole()) {
        deleted(lists.vendor(), list.kind(), 0);
      }
    }
    for (RunState state : RunState.values()) {
      if (state.isOver()) {
        runs(lists.vendor(), state);
      }
    }
    successes.computeIfAbsent(lists.vendor(), this::successGauge);
  }

  void read(String vendor, String kind, int records) {
    records(vendor, kind).increment(records);
  }

  void missed(String vendor, String kind, MissedChange change) {
    missedCounter(vendor, kind, change).increment();
  }

  void ended(String vendor, RunState state) {
    runs(vendor, state).increment();
    if (state == RunState.SUCCEEDED) {
      successes.computeIfAbsent(vendor, this::successGauge).set(System.currentTimeMillis() / 1000);
    }
  }

  /** Sets how many records of earlier runs a vendor no longer lists. */
  void deleted(String vendor, String kind, int records) {
    deleted.computeIfAbsent(new ListOf(vendor, kind), this::deletedGauge).set(records);
  }

  private Counter records(String vendor, String kind) {
    return Counter.builder("relay_reconcile_records")
        .description("Records that reconciliation has read from a vendor's list")
        .tag("vendor", vendor)
        .tag("kind", kind)
        .register(registry);
  }

  private Counter missedCounter(String vendor, String kind, MissedChange change) {
    return Counter.builder("relay_reconcile_missed")
        .description("Changes that no webhook reported, for which reconciliation made an event")
        .tag("vendor", vendor)
        .tag("kind", kind)
        .tag("change", change.label())
        .register(registry);
  }

  private Counter runs(String vendor, RunState state) {
    return Counter.builder("relay_reconcile_runs")
        .description("Runs of reconciliation that ended in this pod")
        .tag("vendor", vendor)
        .tag("state", state.label())
        .register(registry);
  }

  private AtomicLong deletedGauge(ListOf list) {
    AtomicLong number = new AtomicLong();
    Gauge.builder("relay_reconcile_deleted", number, AtomicLong::get)
        .description("Records of earlier runs that the vendor no longer lists")
        .tag("vendor", list.vendor())
        .tag("kind", list.kind())
        .register(registry);
    return number;
  }

  private AtomicLong successGauge(String vendor) {
    AtomicLong seconds = new AtomicLong();
    Gauge.builder("relay_reconcile_last_success_timestamp_seconds", seconds, AtomicLong::get)
        .description("When the last run with good lists ended in this pod")
        .tag("vendor", vendor)
        .register(registry);
    return seconds;
  }
}
