package org.solarrelay.delivery;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.jboss.logging.Logger;
import org.solarrelay.config.DestinationsChangedEvent;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.http.RateLimit;
import org.solarrelay.delivery.queue.DeliveryQueue;
import org.solarrelay.delivery.queue.OperatorPauses;
import org.solarrelay.delivery.queue.OutcomePublisher;
import org.solarrelay.delivery.queue.PauseReason;
import org.solarrelay.delivery.queue.RefusalRepository;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.ops.telemetry.RelayTracer;

/**
 * The workers of this pod: one for each destination that is on and that a route serves. A worker
 * outlives the versions of its route, so a reload neither interrupts a call nor starts one twice.
 * The deliveries of a destination that is turned off or removed stay in the queue.
 */
@Singleton
public class DeliveryWorkers {

  private static final Logger LOG = Logger.getLogger(DeliveryWorkers.class);

  private final ReloadableConfig live;
  private final RelayConfig.Delivery config;
  private final CamelContext camel;
  private final DataSource database;
  private final DeliveryQueue queue;
  private final OperatorPauses paused;
  private final RefusalRepository refusals;
  private final DeliveryPolicy policy;
  private final DeliveryMetrics metrics;
  private final OutcomePublisher announcer;
  private final RelayTracer tracing;
  private final JsonMemory memory;
  private final Map<String, ServedDestination> served = new ConcurrentHashMap<>();

  /** The versions of deliver routes, the latest last. */
  private final List<DeliveryConsumer> routes = new CopyOnWriteArrayList<>();

  private Map<String, RelayConfig.Destination> destinations = Map.of();
  private boolean open;

  DeliveryWorkers(
      ReloadableConfig live,
      CamelContext camel,
      DataSource database,
      DeliveryQueue queue,
      OperatorPauses paused,
      RefusalRepository refusals,
      DeliveryPolicy policy,
      DeliveryMetrics metrics,
      OutcomePublisher announcer,
      RelayTracer tracing,
      JsonMemory memory) {
    this.live = live;
    this.config = live.get().delivery();
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
    destinations = live.destinations();
    routes.forEach(route -> adjust(route.destination()));
    destinations.forEach(
        (name, settings) -> {
          if (settings.on() && !isRouted(name)) {
            LOG.warnf("Deliveries to %1$s wait: no route begins at delivery:%1$s", name);
          }
        });
  }

  /** Starts and stops workers, and limits them, as the settings are now. */
  synchronized void adjust(@Observes DestinationsChangedEvent changed) {
    destinations = changed.routesInForce() ? live.destinations() : stillOn();
    Set<String> names = new TreeSet<>(served.keySet());
    routes.forEach(route -> names.add(route.destination()));
    names.forEach(this::adjust);
  }

  /** Those of before without those that are off or gone. */
  private Map<String, RelayConfig.Destination> stillOn() {
    Map<String, RelayConfig.Destination> now = live.destinations();
    Map<String, RelayConfig.Destination> still = new HashMap<>(destinations);
    still.keySet().removeIf(name -> !now.containsKey(name) || !now.get(name).on());
    return still;
  }

  /** A version of a destination's route has started. It waits idly where the destination is off. */
  synchronized void serve(DeliveryConsumer route) {
    routes.add(route);
    adjust(route.destination());
  }

  /** A version of a destination's route takes nothing more. The worker goes with the last. */
  synchronized void leave(DeliveryConsumer route) {
    routes.remove(route);
    adjust(route.destination());
  }

  private void adjust(String destination) {
    RelayConfig.Destination settings = destinations.get(destination);
    ServedDestination one = served.get(destination);
    boolean works = open && settings != null && settings.on() && isRouted(destination);
    if (!works) {
      if (one != null) {
        one.stop();
        metrics.forget(destination);
      }
      return;
    }
    RateLimit rate = RateLimit.of(database, destination, settings);
    if (one == null || one.isOver()) {
      one = new ServedDestination(destination, worker(destination, rate));
      served.put(destination, one);
    }
    one.limit(inFlight(destination), rate);
    one.start();
  }

  /** Whether the configuration or a route knows the destination. */
  boolean isKnown(String destination) {
    return live.destinations().containsKey(destination) || isRouted(destination);
  }

  /** Whether a route begins at the destination. Without one its deliveries wait. */
  public boolean isRouted(String destination) {
    return latest(destination).isPresent();
  }

  /** Calls at once of this pod: as the route in force says, else the destination's settings. */
  public int inFlight(String destination) {
    OptionalInt ofRoute =
        latest(destination).map(DeliveryConsumer::inFlight).orElse(OptionalInt.empty());
    RelayConfig.Destination settings = live.destinations().get(destination);
    OptionalInt configured = settings == null ? OptionalInt.empty() : settings.inFlight();
    return ofRoute.orElse(configured.orElse(config.inFlight()));
  }

  private Optional<DeliveryConsumer> latest(String destination) {
    return routes.stream()
        .filter(route -> route.destination().equals(destination))
        .reduce((earlier, later) -> later);
  }

  /**
   * Why this pod keeps a destination's deliveries back where that is the destination's own doing;
   * null where it is well, or off.
   */
  public PauseReason opened(String destination) {
    ServedDestination one = served.get(destination);
    return one == null || one.isOver() ? null : one.opened();
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

  private DestinationWorker worker(String destination, RateLimit rate) {
    return new DestinationWorker(
        destination,
        queue,
        paused,
        refusals,
        dispatcher(destination),
        metrics,
        config,
        inFlight(destination),
        rate,
        memory,
        announcer::wake);
  }

  private DeliveryDispatcher dispatcher(String destination) {
    try {
      return new DeliveryDispatcher(camel, destination, policy, tracing);
    } catch (Exception e) {
      throw new IllegalStateException("delivery:%s cannot be called".formatted(destination), e);
    }
  }
}
