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
import org.solarrelay.delivery.queue.OutcomePublisher;
import org.solarrelay.delivery.queue.QueueDepthMetrics;
import org.solarrelay.delivery.queue.Retention;

/**
 * Starts what works on the ledger once the routes run and PostgreSQL is there, and stops it before
 * the routes stop.
 */
@Singleton
class DeliveryLifecycle {

  private static final Logger LOG = Logger.getLogger(DeliveryLifecycle.class);
  private static final long RETRY_SECONDS = 1;
  private static final Duration LONGEST_ANNOUNCEMENT = Duration.ofSeconds(5);

  private final ReloadableConfig live;
  private final Flyway flyway;
  private final DeliveryWorkers workers;
  private final OutcomePublisher announcer;
  private final Retention retention;
  private final QueueDepthMetrics waiting;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private Map<String, String> logged = Map.of();
  private Thread announcing;
  private Thread end;

  DeliveryLifecycle(
      ReloadableConfig live,
      Flyway flyway,
      DeliveryWorkers workers,
      OutcomePublisher announcer,
      Retention retention,
      QueueDepthMetrics waiting) {
    this.live = live;
    this.flyway = flyway;
    this.workers = workers;
    this.announcer = announcer;
    this.retention = retention;
    this.waiting = waiting;
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

  /** Deliveries end while intake goes on for senders that do not know yet that this pod leaves. */
  void leave(@Observes ShutdownDelayInitiatedEvent leaving) {
    end();
  }

  /** All that works on its own learns of the stop before anything waits for its end. */
  void leave(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) CamelContextStoppingEvent e) {
    end();
  }

  void stop(@Observes CamelContextStoppingEvent stopping) throws InterruptedException {
    end().join();
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
    announcing = new Thread(announcer, "announce");
    announcing.start();
    startAside(retention, "retention");
    startAside(waiting, "waiting");
  }

  private static void startAside(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private synchronized Thread end() {
    if (end == null) {
      stopping.countDown();
      retention.stop();
      waiting.stop();
      workers.stop();
      end = new Thread(this::awaitEnd, "stop-deliveries");
      end.start();
    }
    return end;
  }

  private void awaitEnd() {
    try {
      workers.awaitStopped();
      announcer.stop();
      if (announcing != null) {
        // what Kafka does not accept now is announced by another pod, or after the next start
        announcing.join(LONGEST_ANNOUNCEMENT.toMillis());
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
        .forEach(name -> LOG.infof("Destination %s is gone; its deliveries wait", name));
    logged = now;
  }

  private static String state(RelayConfig.Destination destination) {
    return destination
        .whyOff()
        .map("off: "::concat)
        .orElseGet(() -> destination.host().map("on, at "::concat).orElse("on"));
  }
}
