package org.solarrelay.console;

import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.solarrelay.vendor.reconcile.ListCount;
import org.solarrelay.vendor.reconcile.ReconcileRun;
import org.solarrelay.vendor.reconcile.ReconcileService;
import org.solarrelay.vendor.reconcile.ReconcileService.VendorRuns;

/** The latest run over a vendor's lists, as the page Destinations shows it. */
public record ReconciliationView(VendorRuns runs) {

  static List<ReconciliationView> of(ReconcileService service) throws SQLException {
    return service.vendors(1).stream().map(ReconciliationView::new).toList();
  }

  private Optional<ReconcileRun> run() {
    return runs.runs().stream().findFirst();
  }

  public String vendor() {
    return runs.vendor();
  }

  /** When runs begin, in words. */
  public String interval() {
    return runs.interval().isZero() ? "by hand" : "every " + ConsoleTimes.words(runs.interval());
  }

  /** When the latest run began; null before the first. */
  public OffsetDateTime at() {
    return run().map(ReconcileRun::startedAt).orElse(null);
  }

  /** The state of the latest run, in words. */
  public String state() {
    return run().map(ReconciliationView::words).orElse("no run yet");
  }

  private static String words(ReconcileRun run) {
    String learns = run.options().learning() ? ", learns" : "";
    return (run.options().dryRun() ? "dry run, " : "") + run.state().label() + learns;
  }

  /** The changes of the latest run that no webhook reported. */
  public int missed() {
    return run().map(ReconcileRun::missedEvents).orElse(0);
  }

  /** The records that the vendor no longer lists. */
  public int deleted() {
    return run().stream()
        .flatMap(run -> run.counts().values().stream())
        .mapToInt(ListCount::deleted)
        .sum();
  }

  /** Why the latest run was rejected or failed, or why the vendor cannot be read. */
  public String detail() {
    return run().flatMap(ReconcileRun::detail).or(runs::whyOff).orElse("");
  }
}
