package org.solarrelay.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.solarrelay.delivery.queue.CompletedAttempt;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.ops.telemetry.LogContext;

/** Counts and times recorded attempts by destination, and logs dead and held deliveries. */
@Singleton
class DeliveryMetrics {

  private static final Logger LOG = Logger.getLogger("org.solarrelay.delivery");

  private static final Duration[] LATENCIES = {
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofHours(1),
    Duration.ofHours(6),
    Duration.ofDays(1)
  };

  private static final Duration[] ATTEMPTS = {
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofMinutes(1)
  };

  /** An attempt never leaves its delivery running. */
  private static final Set<DeliveryState> OUTCOMES =
      EnumSet.complementOf(EnumSet.of(DeliveryState.RUNNING));

  /**
   * @param ended by outcome
   */
  private record Meters(
      Map<DeliveryState, Counter> ended,
      Timer attempt,
      Timer latency,
      DeliveryObjective objective) {}

  private final MeterRegistry registry;
  private final Map<String, Meters> byDestination = new ConcurrentHashMap<>();
  private final Map<String, CircuitBreaker> circuits = new ConcurrentHashMap<>();
  private final Set<String> registered = ConcurrentHashMap.newKeySet();

  DeliveryMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Registers a destination's metrics: the state of its circuit breaker, and counters at 0. */
  void addDestination(String destination, CircuitBreaker circuit) {
    circuits.put(destination, circuit);
    if (registered.add(destination)) {
      register(destination, () -> Optional.ofNullable(circuits.get(destination)));
    }
  }

  /** Removes the circuit breaker of a destination that was turned off or removed. */
  void removeDestination(String destination) {
    circuits.remove(destination);
  }

  private void register(String destination, Supplier<Optional<CircuitBreaker>> circuit) {
    Gauge.builder(
            "relay_destination_paused",
            () -> circuit.get().filter(CircuitBreaker::paused).isPresent() ? 1 : 0)
        .description("1 while deliveries to the destination are paused")
        .tag("destination", destination)
        .register(registry);
    for (CircuitBreaker.State state : CircuitBreaker.State.values()) {
      Gauge.builder(
              "relay_circuit_state",
              () -> circuit.get().filter(it -> it.state() == state).isPresent() ? 1 : 0)
          .description(
              "1 for the current state of the destination's circuit breaker, 0 for the others")
          .tag("destination", destination)
          .tag("state", state.text())
          .register(registry);
    }
    // Prometheus sees an increase only after it has seen the 0
    metersOf(destination);
  }

  void count(CompletedAttempt attempt) {
    Delivery delivery = attempt.delivery();
    DeliveryState state = attempt.result().state();
    Meters meters = metersOf(delivery.destination());
    meters.ended.get(state).increment();
    meters.attempt.record(attempt.took());
    if (state == DeliveryState.DELIVERED) {
      Duration latency = attempt.latency();
      meters.latency.record(latency);
      meters.objective.record(attempt, latency);
    }
    if (state == DeliveryState.DEAD || state == DeliveryState.HELD) {
      try (LogContext.Scope scope = delivery.work().enter()) {
        log(delivery, state);
      }
    }
  }

  private static void log(Delivery delivery, DeliveryState state) {
    if (state == DeliveryState.DEAD) {
      // without the reason, which may quote the customer
      LOG.warnf(
          "Event %s is dead at %s after %d attempt(s), see /api/events/%s",
          delivery.event().id(), delivery.destination(), delivery.attempt(), delivery.event().id());
    }
    if (state == DeliveryState.HELD) {
      LOG.infof(
          "Event %s waits for approval at %s: POST /api/deliveries/%d/approve or .../decline",
          delivery.event().id(), delivery.destination(), delivery.id());
    }
  }

  private Meters metersOf(String destination) {
    return byDestination.computeIfAbsent(destination, this::register);
  }

  private Meters register(String destination) {
    return new Meters(
        OUTCOMES.stream()
            .collect(Collectors.toMap(state -> state, state -> ended(destination, state))),
        timer(
            "relay_attempt",
            "Time from the start of an attempt to its end, including all its calls",
            destination,
            ATTEMPTS),
        timer(
            "relay_delivery_latency",
            "Time from an event's acceptance to its delivery, of every delivery",
            destination,
            LATENCIES),
        new DeliveryObjective(destination, registry));
  }

  private Counter ended(String destination, DeliveryState state) {
    return Counter.builder("relay_deliveries")
        .description("Completed attempts, by outcome")
        .tag("destination", destination)
        .tag("outcome", state == DeliveryState.PENDING ? "retried" : state.text())
        .register(registry);
  }

  private Timer timer(String name, String description, String destination, Duration[] bounds) {
    return Timer.builder(name)
        .description(description)
        .tag("destination", destination)
        .serviceLevelObjectives(bounds)
        .register(registry);
  }
}
