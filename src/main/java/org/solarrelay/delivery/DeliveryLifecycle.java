package org.solarrelay.delivery;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.CamelEvent.CamelContextStartedEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;
import org.solarrelay.config.DestinationsChangedEvent;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.queue.BulkReplayRunner;
import org.solarrelay.delivery.queue.DestinationRollup;
import org.solarrelay.delivery.queue.OutcomePublisher;
import org.solarrelay.delivery.queue.QueueDepthMetrics;
import org.solarrelay.delivery.queue.Retention;

/**
 * Starts the delivery threads when the routes run and PostgreSQL is available, and stops them
 * before the routes.
 */
@Singleton
class DeliveryLifecycle {

  private static final Logger LOG = Logger.getLogger(DeliveryLifecycle.class);
  private static final long RETRY_SECONDS = 1;
  private static final Duration LONGEST_PUBLISHING = Duration.ofSeconds(5);

  private final ReloadableConfig live;
  private final Flyway flyway;
  private final DeliveryWorkers workers;
  private final OutcomePublisher outcomes;
  private final BulkReplayRunner replays;
  private final Retention retention;
  private final QueueDepthMetrics queueDepth;
  private final DestinationRollup rollup;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private Map<String, String> logged = Map.of();
  private Thread publisherThread;
  private Thread stopWorkers;

  DeliveryLifecycle(
      ReloadableConfig live,
      Flyway flyway,
      DeliveryWorkers workers,
      OutcomePublisher outcomes,
      BulkReplayRunner replays,
      Retention retention,
      QueueDepthMetrics queueDepth,
      DestinationRollup rollup) {
    this.live = live;
    this.flyway = flyway;
    this.workers = workers;
    this.outcomes = outcomes;
    this.replays = replays;
    this.retention = retention;
    this.queueDepth = queueDepth;
    this.rollup = rollup;
  }

  void start(@Observes CamelContextStartedEvent started) {
    logDestinations();
    new Thread(this::startWhenPossible, "start-PostgreSQL").start();
  }

  void logChanges(@Observes DestinationsChangedEvent changed) {
    if (changed.routesInForce()) {
      logDestinations();
    }
  }

  /**
   * Stops deliveries at the start of the shutdown delay. Intake continues for senders that still
   * use this pod.
   */
  void onStop(@Observes ShutdownDelayInitiatedEvent leaving) {
    stopWorkers();
  }

  /** Requests all threads to stop before the program waits for one to end. */
  void onStop(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) CamelContextStoppingEvent e) {
    stopWorkers();
  }

  void stop(@Observes CamelContextStoppingEvent stopping) throws InterruptedException {
    stopWorkers().join();
  }

  private void startWhenPossible() {
    boolean logged = false;
    do {
      try {
        flyway.migrate();
        open();
        return;
      } catch (RuntimeException e) {
        if (!logged) {
          LOG.warnf("Waiting for PostgreSQL: %s", e.getMessage());
        }
        logged = true;
      }
    } while (!stopsWithin(RETRY_SECONDS));
  }

  private boolean stopsWithin(long seconds) {
    try {
      return stopping.await(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private synchronized void open() {
    if (stopping.getCount() == 0) {
      return;
    }
    workers.open();
    publisherThread = new Thread(outcomes, "publish-outcomes");
    publisherThread.start();
    startDaemon(replays, "bulk-replay");
    startDaemon(retention, "retention");
    startDaemon(queueDepth, "waiting");
    startDaemon(rollup, "roll-ups");
  }

  private static void startDaemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private synchronized Thread stopWorkers() {
    if (stopWorkers == null) {
      stopping.countDown();
      replays.stop();
      retention.stop();
      queueDepth.stop();
      rollup.stop();
      workers.stop();
      stopWorkers = new Thread(this::awaitWorkers, "stop-deliveries");
      stopWorkers.start();
    }
    return stopWorkers;
  }

  private void awaitWorkers() {
    try {
      workers.awaitStopped();
      outcomes.stop();
      if (publisherThread != null) {
        // another pod publishes the remaining outcomes, or this one after its next start
        publisherThread.join(LONGEST_PUBLISHING.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void logDestinations() {
    Map<String, String> now = new TreeMap<>();
    live.destinations().forEach((name, destination) -> now.put(name, state(destination)));
    now.forEach(
        (name, state) -> {
          if (!state.equals(logged.get(name))) {
            LOG.infof("Destination %s is %s", name, state);
          }
        });
    logged.keySet().stream()
        .filter(name -> !now.containsKey(name))
        .sorted()
        .forEach(name -> LOG.infof("Destination %s was removed; its deliveries wait", name));
    logged = now;
  }

  private static String state(RelayConfig.Destination destination) {
    return destination
        .whyOff()
        .map("off: "::concat)
        .orElseGet(() -> destination.host().map("on, at "::concat).orElse("on"));
  }
}
