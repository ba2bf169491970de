package org.solarrelay.vendor.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;

/**
 * The steps of the routes reconcile-&lt;vendor&gt;. Each turn of a route is one page of a run, or
 * some of its events; everything else is in the database, so a run survives its pod.
 */
@Singleton
@Named("reconciliation")
public class Reconciliation {

  private static final Logger LOG = Logger.getLogger(Reconciliation.class);

  private final RunPlanner planner;
  private final PageComparison comparison;
  private final ChangePublisher publisher;
  private final RunEnd ends;
  private final ReconcileMetrics metrics;
  private final Map<String, ReconciledLists> lists = new HashMap<>();
  private final Map<String, RejectedWebhookDetector> detectors = new HashMap<>();

  @Inject
  public Reconciliation(
      RunPlanner planner,
      PageComparison comparison,
      ChangePublisher publisher,
      RunEnd ends,
      ReconcileMetrics metrics,
      MeterRegistry registry,
      ReloadableConfig live,
      @All List<ReconciledLists> vendors) {
    this.planner = planner;
    this.comparison = comparison;
    this.publisher = publisher;
    this.ends = ends;
    this.metrics = metrics;
    RelayConfig.Reconcile settings = live.get().reconcile();
    for (ReconciledLists vendor : vendors) {
      lists.put(vendor.vendor(), vendor);
      detectors.put(
          vendor.vendor(),
          new RejectedWebhookDetector(registry, vendor.vendor(), settings.outage()));
      metrics.register(vendor);
    }
  }

  /**
   * What this pod does now for a vendor; null if nothing. Starts a run that is due.
   *
   * @param vendor {@code enerflo} or {@code solarproof}
   */
  public ReconcileTask next(String vendor) {
    try {
      if (planner.isOn(vendor) && detectors.get(vendor).hasEnded(Instant.now())) {
        planner.outageEnded(vendor);
      }
      OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
      return planner.claim(lists.get(vendor), now).orElse(null);
    } catch (SQLException e) {
      // the pipeline reports that the database is unavailable or not migrated yet
      LOG.debugf("Cannot decide whether to reconcile %s: %s", vendor, e.getMessage());
      return null;
    }
  }

  /** Compares a page with the last run, and stores the differences. */
  public void compare(ReconcileTask task, ListedPage page) throws SQLException {
    ReconcileRun run = task.run();
    comparison.store(task, page, lists.get(run.vendor()));
    metrics.read(run.vendor(), task.getKind(), page.rows());
  }

  /** Publishes events of the run; ends the run after the last one. */
  public void publish(ReconcileTask task)
      throws SQLException, ExecutionException, InterruptedException {
    ReconcileRun run = task.run();
    if (ends.rejectShorterList(run, lists.get(run.vendor()))) {
      return;
    }
    if (publisher.publish(task, planner.baseline(run.vendor())).isEmpty()) {
      ends.succeed(run, lists.get(run.vendor()));
    }
  }

  /** Notes a failed page. The run reads the page again later; after ten failures it ends. */
  public void failed(ReconcileTask task, Exception failure) {
    ends.failed(task, failure);
  }
}
