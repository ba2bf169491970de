package org.solarrelay.delivery;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.jboss.logging.Logger;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.delivery.http.RateLimit;
import org.solarrelay.delivery.queue.Announcer;
import org.solarrelay.delivery.queue.DeliveryQueue;
import org.solarrelay.delivery.queue.Pause;
import org.solarrelay.delivery.queue.PausedDestinations;
import org.solarrelay.delivery.queue.RefusalRepository;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.ops.telemetry.Tracing;

/**
 * The workers of this pod: one for each destination that is on and that a route serves. A worker
 * outlives the versions of its route, so a reload neither interrupts a call nor starts one twice.
 */
@Singleton
public class DeliveryWorkers {

  private static final Logger LOG = Logger.getLogger(DeliveryWorkers.class);

  private final RelayConfig config;
  private final CamelContext camel;
  private final DataSource database;
  private final DeliveryQueue queue;
  private final PausedDestinations paused;
  private final RefusalRepository refusals;
  private final DeliveryPolicy policy;
  private final DeliveryMetrics metrics;
  private final Announcer announcer;
  private final Tracing tracing;
  private final JsonMemory memory;
  private final Map<String, ServedDestination> served = new ConcurrentHashMap<>();
  private final Set<DeliveryConsumer> routes = ConcurrentHashMap.newKeySet();
  private boolean open;

  DeliveryWorkers(
      RelayConfig config,
      CamelContext camel,
      DataSource database,
      DeliveryQueue queue,
      PausedDestinations paused,
      RefusalRepository refusals,
      DeliveryPolicy policy,
      DeliveryMetrics metrics,
      Announcer announcer,
      Tracing tracing,
      JsonMemory memory) {
    this.config = config;
    this.camel = camel;
    this.database = database;
    this.queue = queue;
    this.paused = paused;
    this.refusals = refusals;
    this.policy = policy;
    this.metrics = metrics;
    this.announcer = announcer;
    this.tracing = tracing;
    this.memory = memory;
    queue.onAdded(() -> served.values().forEach(ServedDestination::wake));
  }

  /** Starts the workers: all routes run and the ledger's tables are up to date. */
  synchronized void open() {
    open = true;
    served.values().forEach(ServedDestination::start);
    config.destinations().entrySet().stream()
        .filter(destination -> destination.getValue().on() && !isRouted(destination.getKey()))
        .forEach(
            destination ->
                LOG.warnf(
                    "Deliveries to %1$s wait: no route begins at delivery:%1$s",
                    destination.getKey()));
  }

  /**
   * A version of a destination's route has started. It waits idly where the destination is off.
   *
   * @throws Exception where the route cannot be called
   */
  synchronized void serve(DeliveryConsumer route) throws Exception {
    String destination = route.destination();
    RelayConfig.Destination settings = config.destinations().get(destination);
    routes.add(route);
    if (settings == null || !settings.on()) {
      return;
    }
    int inFlight = route.inFlight().orElse(config.delivery().inFlight());
    ServedDestination one = served.get(destination);
    if (one == null || one.isOver()) {
      one = new ServedDestination(destination, worker(destination, inFlight));
      served.put(destination, one);
    }
    one.add(route, inFlight);
    if (open) {
      one.start();
    }
  }

  /** A version of a destination's route takes nothing more. The worker goes with the last. */
  synchronized void leave(DeliveryConsumer route) {
    routes.remove(route);
    ServedDestination one = served.get(route.destination());
    if (one != null) {
      one.remove(route);
    }
  }

  /** Whether the configuration or a route knows the destination. */
  boolean isKnown(String destination) {
    return config.destinations().containsKey(destination) || isRouted(destination);
  }

  /** Whether a route begins at the destination. Without one its deliveries wait. */
  public boolean isRouted(String destination) {
    return routes.stream().anyMatch(route -> route.destination().equals(destination));
  }

  /** Calls at once of this pod, as the route in force says. */
  public int inFlight(String destination) {
    ServedDestination one = served.get(destination);
    return one == null ? config.delivery().inFlight() : one.inFlight();
  }

  /**
   * Why this pod keeps a destination's deliveries back where that is the destination's own doing;
   * null where it is well, or off.
   */
  public Pause opened(String destination) {
    ServedDestination one = served.get(destination);
    return one == null ? null : one.opened();
  }

  /** Has all workers take nothing more; returns at once. */
  synchronized void stop() {
    open = false;
    served.values().forEach(ServedDestination::stop);
  }

  /** Returns once the calls in flight have ended or their time is up, and are recorded. */
  void awaitStopped() throws InterruptedException {
    Collection<ServedDestination> all = List.copyOf(served.values());
    for (ServedDestination one : all) {
      one.awaitStopped();
    }
  }

  private DestinationWorker worker(String destination, int inFlight) throws Exception {
    return new DestinationWorker(
        destination,
        queue,
        paused,
        refusals,
        new DeliveryDispatcher(camel, destination, policy, tracing),
        metrics,
        config.delivery(),
        inFlight,
        RateLimit.of(database, destination, config.destinations().get(destination)),
        memory,
        announcer::wake);
  }
}
