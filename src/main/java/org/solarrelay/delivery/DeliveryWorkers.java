package org.solarrelay.delivery;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
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
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.jboss.logging.Logger;
import org.solarrelay.config.DestinationsChangedEvent;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.http.RateLimit;
import org.solarrelay.delivery.queue.DeliveryQueue;
import org.solarrelay.delivery.queue.OperatorPauses;
import org.solarrelay.delivery.queue.PauseReason;
import org.solarrelay.delivery.queue.RefusalRepository;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.ops.telemetry.RelayTracer;

/**
 * Starts and stops the workers of this pod: one for each destination that is on and has a route. A
 * worker outlives the versions of its route, so a reload neither interrupts a call nor starts it
 * twice. The deliveries of a destination that is off or removed stay in the queue.
 */
@Singleton
public class DeliveryWorkers {

  private static final Logger LOG = Logger.getLogger(DeliveryWorkers.class);

  private final ReloadableConfig live;
  private final RelayConfig.Delivery config;
  private final CamelContext camel;
  private final DataSource database;
  private final DeliveryQueue queue;
  private final OperatorPauses operatorPauses;
  private final RefusalRepository refusals;
  private final DeliveryPolicy policy;
  private final DeliveryMetrics metrics;
  private final RelayTracer tracer;
  private final JsonMemory memory;
  private final Map<String, DestinationWorkerThread> workers = new ConcurrentHashMap<>();

  /** All versions of deliver routes, the latest last. */
  private final List<DeliveryConsumer> routes = new CopyOnWriteArrayList<>();

  private Map<String, RelayConfig.Destination> destinations = Map.of();
  private boolean open;

  DeliveryWorkers(
      ReloadableConfig live,
      CamelContext camel,
      DataSource database,
      DeliveryQueue queue,
      OperatorPauses operatorPauses,
      RefusalRepository refusals,
      DeliveryPolicy policy,
      DeliveryMetrics metrics,
      RelayTracer tracer,
      JsonMemory memory) {
    this.live = live;
    this.config = live.get().delivery();
    this.camel = camel;
    this.database = database;
    this.queue = queue;
    this.operatorPauses = operatorPauses;
    this.refusals = refusals;
    this.policy = policy;
    this.metrics = metrics;
    this.tracer = tracer;
    this.memory = memory;
    queue.onDue(this::wake);
  }

  /** Starts the workers. Call it after all routes run and the database is migrated. */
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

  /** Starts, stops and limits workers by the current settings. */
  synchronized void adjust(@Observes DestinationsChangedEvent changed) {
    destinations = changed.routesInForce() ? live.destinations() : stillOn();
    Set<String> names = new TreeSet<>(workers.keySet());
    routes.forEach(route -> names.add(route.destination()));
    names.forEach(this::adjust);
  }

  /** Returns the previous destinations without those that are now off or removed. */
  private Map<String, RelayConfig.Destination> stillOn() {
    Map<String, RelayConfig.Destination> now = live.destinations();
    Map<String, RelayConfig.Destination> still = new HashMap<>(destinations);
    still.keySet().removeIf(name -> !now.containsKey(name) || !now.get(name).on());
    return still;
  }

  /** Adds a started version of a destination's route. */
  synchronized void addRoute(DeliveryConsumer route) {
    routes.add(route);
    adjust(route.destination());
  }

  /** Removes a version of a destination's route. The last version stops the worker. */
  synchronized void removeRoute(DeliveryConsumer route) {
    routes.remove(route);
    adjust(route.destination());
  }

  private void wake(Predicate<String> destinations) {
    workers.forEach(
        (destination, thread) -> {
          if (destinations.test(destination)) {
            thread.wake();
          }
        });
  }

  private void adjust(String destination) {
    RelayConfig.Destination settings = destinations.get(destination);
    DestinationWorkerThread thread = workers.get(destination);
    boolean works = open && settings != null && settings.on() && isRouted(destination);
    if (!works) {
      if (thread != null) {
        thread.stop();
        metrics.removeDestination(destination);
      }
      return;
    }
    RateLimit rate = RateLimit.of(database, destination, settings);
    if (thread == null || thread.isStopped()) {
      thread = new DestinationWorkerThread(destination, worker(destination, rate));
      workers.put(destination, thread);
    }
    thread.limit(inFlight(destination), rate);
    thread.start();
  }

  /** Whether the configuration or a route has the destination. */
  boolean isKnown(String destination) {
    return live.destinations().containsKey(destination) || isRouted(destination);
  }

  /** Whether a route from {@code delivery:<destination>} runs. Without one the deliveries wait. */
  public boolean isRouted(String destination) {
    return latest(destination).isPresent();
  }

  /**
   * Returns the maximum number of concurrent calls of this pod, from the active route or the
   * destination's settings.
   */
  public int inFlight(String destination) {
    OptionalInt ofRoute =
        latest(destination).map(DeliveryConsumer::inFlight).orElse(OptionalInt.empty());
    RelayConfig.Destination settings = live.destinations().get(destination);
    OptionalInt configured = settings == null ? OptionalInt.empty() : settings.inFlight();
    return ofRoute.orElse(configured.orElse(config.inFlight()));
  }

  /** Returns how much of a destination's rate limit is in use; empty where it has none. */
  public Optional<RateLimit.Use> rateLimitUse(String destination) throws SQLException {
    RelayConfig.Destination settings = live.destinations().get(destination);
    RateLimit limit = settings == null ? null : RateLimit.of(database, destination, settings);
    return limit == null ? Optional.empty() : Optional.of(limit.use());
  }

  private Optional<DeliveryConsumer> latest(String destination) {
    return routes.stream()
        .filter(route -> route.destination().equals(destination))
        .reduce((earlier, later) -> later);
  }

  /**
   * Returns why this pod's circuit breaker has paused a destination; null where it is closed, or
   * the destination is off.
   */
  public PauseReason pauseReason(String destination) {
    DestinationWorkerThread thread = workers.get(destination);
    return thread == null || thread.isStopped() ? null : thread.pauseReason();
  }

  /** Stops all workers from taking deliveries; returns at once. */
  synchronized void stop() {
    open = false;
    workers.values().forEach(DestinationWorkerThread::stop);
  }

  /**
   * Waits until the calls in flight have ended, or the drain time is over, and their results are
   * recorded.
   */
  void awaitStopped() throws InterruptedException {
    Collection<DestinationWorkerThread> all = List.copyOf(workers.values());
    for (DestinationWorkerThread thread : all) {
      thread.awaitStopped();
    }
  }

  private DestinationWorker worker(String destination, RateLimit rate) {
    return new DestinationWorker.Builder(destination, config)
        .queue(queue)
        .operatorPauses(operatorPauses)
        .refusals(refusals)
        .call(dispatcher(destination))
        .metrics(metrics)
        .inFlight(inFlight(destination))
        .rateLimit(rate)
        .memory(memory)
        .build();
  }

  private DeliveryDispatcher dispatcher(String destination) {
    try {
      return new DeliveryDispatcher(camel, destination, policy, tracer);
    } catch (Exception e) {
      throw new IllegalStateException("delivery:%s cannot be called".formatted(destination), e);
    }
  }
}
