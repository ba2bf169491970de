package org.solarrelay.delivery.queue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
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
 * Publishes the unfinished deliveries of each destination as metrics. It counts them every ten
 * seconds, not at each scrape, because clients choose how often they scrape. While the database is
 * unavailable, the last count stays and its age grows.
 */
@Singleton
public class QueueDepthMetrics implements Runnable {

  private static final Logger LOG = Logger.getLogger(QueueDepthMetrics.class);
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration LONGEST_RECENT = Duration.ofMinutes(1);

  /** Counting takes at most this fraction of the time, 1/50, however long the queue is. */
  private static final int SHARE = 50;

  private record Count(Map<String, Backlog> backlogs, Map<String, Long> held, long at) {

    Backlog backlog(String destination) {
      return backlogs.getOrDefault(destination, Backlog.NONE);
    }
  }

  private final QueueDepth queueDepth;
  private final ReloadableConfig live;
  private final MeterRegistry registry;
  private final Set<String> registered = new HashSet<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile Count last = new Count(Map.of(), Map.of(), System.nanoTime());
  private volatile boolean failing = true;

  QueueDepthMetrics(
      QueueDepth queueDepth, ReloadableConfig live, StageMetrics stages, MeterRegistry registry) {
    this.queueDepth = queueDepth;
    this.live = live;
    this.registry = registry;
    stages.register(PipelineStage.DELIVER.id(), () -> failing);
    registerAll(live.destinations().keySet());
  }

  /** Registers destinations, also removed ones, because deliveries to them may wait. */
  private void registerAll(Set<String> destinations) {
    destinations.stream()
        .filter(registered::add)
        .forEach(destination -> register(destination, registry));
  }

  private void register(String destination, MeterRegistry registry) {
    gauge(
        "relay_undelivered",
        "Unfinished deliveries",
        destination,
        registry,
        count -> count.backlog(destination).undelivered());
    gauge(
        "relay_held",
        "Deliveries that await an operator's approval",
        destination,
        registry,
        count -> count.held.getOrDefault(destination, 0L));
    Gauge.builder("relay_oldest_undelivered_seconds", () -> oldest(destination))
        .description("Age of the oldest unfinished delivery in the queue")
        .tag("destination", destination)
        .register(registry);
  }

  private void gauge(
      String name,
      String description,
      String destination,
      MeterRegistry registry,
      ToDoubleFunction<Count> value) {
    Gauge.builder(name, () -> value.applyAsDouble(last))
        .description(description)
        .tag("destination", destination)
        .register(registry);
  }

  private double oldest(String destination) {
    Count count = last;
    Backlog backlog = count.backlog(destination);
    Duration since = Duration.ofNanos(System.nanoTime() - count.at);
    return backlog.undelivered() == 0 ? 0 : backlog.age().plus(since).toMillis() / 1000.0;
  }

  @Override
  public void run() {
    try {
      Duration wait;
      do {
        wait = count();
      } while (!stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public void stop() {
    stopping.countDown();
  }

  /** The backlogs by destination as of the last minute; empty where they are unknown. */
  Optional<Map<String, Backlog>> latest() {
    Count count = last;
    boolean recent = System.nanoTime() - count.at < LONGEST_RECENT.toNanos();
    return failing || !recent ? Optional.empty() : Optional.of(count.backlogs);
  }

  /** Counts once; returns how long to wait until the next count. */
  Duration count() {
    long began = System.nanoTime();
    try {
      last = new Count(queueDepth.all(), queueDepth.held(), System.nanoTime());
      registerAll(live.destinations().keySet());
      registerAll(last.backlogs.keySet());
      failing = false;
    } catch (SQLException | RuntimeException e) {
      LOG.debug("The unfinished deliveries cannot be counted", e);
      failing = true;
      return EVERY;
    }
    Duration wait = Duration.ofNanos((System.nanoTime() - began) * SHARE);
    return wait.compareTo(EVERY) < 0 ? EVERY : wait;
  }
}
