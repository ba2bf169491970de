package org.solarrelay.delivery.queue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;
import org.solarrelay.config.PipelineStage;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.queue.QueueDepth.Backlog;
import org.solarrelay.ops.telemetry.StageMetrics;

/**
 * Shows what waits at each destination. It is counted now and then and not whenever somebody asks,
 * which anybody may do at any rate. While the database is away, what waited last goes on growing
 * older.
 */
@Singleton
public class QueueDepthMetrics implements Runnable {

  private static final Logger LOG = Logger.getLogger(QueueDepthMetrics.class);
  private static final Duration EVERY = Duration.ofSeconds(10);

  /** However long the queue is, counting it takes no more than this part of the time. */
  private static final int SHARE = 50;

  private record Look(Map<String, Backlog> backlogs, Map<String, Long> held, long at) {

    Backlog backlog(String destination) {
      return backlogs.getOrDefault(destination, Backlog.NONE);
    }
  }

  private final QueueDepth backlogs;
  private final ReloadableConfig live;
  private final MeterRegistry registry;
  private final Set<String> shown = new HashSet<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile Look last = new Look(Map.of(), Map.of(), System.nanoTime());
  private volatile boolean failing = true;

  QueueDepthMetrics(
      QueueDepth backlogs, ReloadableConfig live, StageMetrics stages, MeterRegistry registry) {
    this.backlogs = backlogs;
    this.live = live;
    this.registry = registry;
    stages.watch(PipelineStage.DELIVER.id(), () -> failing);
    showAll(live.destinations().keySet());
  }

  /** Shows destinations from now on, those that were removed too: something may wait for them. */
  private void showAll(Set<String> destinations) {
    destinations.stream().filter(shown::add).forEach(destination -> show(destination, registry));
  }

  private void show(String destination, MeterRegistry registry) {
    show(
        "relay_undelivered",
        "Deliveries that are not over",
        destination,
        registry,
        look -> look.backlog(destination).undelivered());
    show(
        "relay_held",
        "Deliveries that wait for an operator's approval",
        destination,
        registry,
        look -> look.held.getOrDefault(destination, 0L));
    Gauge.builder("relay_oldest_undelivered_seconds", () -> oldest(destination))
        .description("For how long the oldest delivery that is not over has been in the queue")
        .tag("destination", destination)
        .register(registry);
  }

  private void show(
      String name,
      String description,
      String destination,
      MeterRegistry registry,
      ToDoubleFunction<Look> value) {
    Gauge.builder(name, () -> value.applyAsDouble(last))
        .description(description)
        .tag("destination", destination)
        .register(registry);
  }

  private double oldest(String destination) {
    Look look = last;
    Backlog backlog = look.backlog(destination);
    Duration since = Duration.ofNanos(System.nanoTime() - look.at);
    return backlog.undelivered() == 0 ? 0 : backlog.age().plus(since).toMillis() / 1000.0;
  }

  @Override
  public void run() {
    try {
      Duration rest;
      do {
        rest = look();
      } while (!stopping.await(rest.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public void stop() {
    stopping.countDown();
  }

  /** Counts once; returns how long to wait until the next time. */
  private Duration look() {
    long began = System.nanoTime();
    try {
      last = new Look(backlogs.all(), backlogs.held(), System.nanoTime());
      showAll(live.destinations().keySet());
      showAll(last.backlogs.keySet());
      failing = false;
    } catch (SQLException | RuntimeException e) {
      LOG.debug("What waits is not known", e);
      failing = true;
      return EVERY;
    }
    Duration rest = Duration.ofNanos((System.nanoTime() - began) * SHARE);
    return rest.compareTo(EVERY) < 0 ? EVERY : rest;
  }
}
