package org.solarrelay.delivery.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.solarrelay.config.CallRate;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.DeliveryWorkers;
import org.solarrelay.delivery.queue.DeliveryInserter;
import org.solarrelay.delivery.queue.OperatorPauses;
import org.solarrelay.delivery.queue.PauseReason;
import org.solarrelay.delivery.queue.QueueDepth;
import org.solarrelay.delivery.queue.QueueDepth.Backlog;
import org.solarrelay.ops.access.ApiProblem;

/** Describes each destination. A removed destination is included while deliveries wait for it. */
@Singleton
public class DestinationStates {

  private final ReloadableConfig live;
  private final QueueDepth queueDepth;
  private final OperatorPauses operatorPauses;
  private final DeliveryWorkers workers;

  DestinationStates(
      ReloadableConfig live,
      QueueDepth queueDepth,
      OperatorPauses operatorPauses,
      DeliveryWorkers workers) {
    this.live = live;
    this.queueDepth = queueDepth;
    this.operatorPauses = operatorPauses;
    this.workers = workers;
  }

  /** A destination's state, queue and settings; as JSON one flat object. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record State(
      String name,
      boolean on,
      @JsonUnwrapped Activity activity,
      @JsonUnwrapped Queue queue,
      @JsonUnwrapped Limits limits) {}

  /** Whether deliveries start. */
  public enum Status {
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("paused")
    PAUSED,
    @JsonProperty("off")
    OFF
  }

  /** Who or what has paused a destination. */
  public enum PausedBy {
    @JsonProperty("operator")
    OPERATOR,
    /** This pod's circuit breaker is open. */
    @JsonProperty("circuit")
    CIRCUIT,
    /** No route begins at the destination. */
    @JsonProperty("route")
    ROUTE
  }

  /**
   * Whether deliveries start, and why not.
   *
   * @param pausedBy empty where it is not paused
   * @param reason why it is paused or off; empty where the operator gave no reason
   * @param since when the pause began
   * @param by the operator who paused it
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Activity(
      Status state,
      Optional<PausedBy> pausedBy,
      Optional<String> reason,
      Optional<OffsetDateTime> since,
      Optional<String> by) {

    static final Activity RUNNING = of(Status.RUNNING, Optional.empty(), Optional.empty());

    static Activity off(String reason) {
      return of(Status.OFF, Optional.empty(), Optional.of(reason));
    }

    static Activity withoutRoute(String destination) {
      String reason = "no route begins at delivery:%s".formatted(destination);
      return of(Status.PAUSED, Optional.of(PausedBy.ROUTE), Optional.of(reason));
    }

    /** A pause, also of a destination that is off. */
    static Activity paused(Status state, PausedBy pausedBy, PauseReason pause) {
      return new Activity(
          state,
          Optional.of(pausedBy),
          Optional.ofNullable(pause.reason()),
          Optional.ofNullable(pause.since()),
          Optional.ofNullable(pause.by()));
    }

    private static Activity of(Status state, Optional<PausedBy> pausedBy, Optional<String> reason) {
      return new Activity(state, pausedBy, reason, Optional.empty(), Optional.empty());
    }
  }

  /**
   * The deliveries of all pods.
   *
   * @param waiting number of pending deliveries
   * @param oldestWaiting when fan-out added the oldest pending delivery; null where there is none
   * @param running number of deliveries that a pod has leased
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Queue(long waiting, OffsetDateTime oldestWaiting, long running) {}

  /**
   * The limits of calls.
   *
   * @param inFlightLimit concurrent calls of each pod
   * @param rateLimit calls of all pods together per window; empty where there is no limit
   * @param rateLimitWindow length of the window, such as {@code PT1M}; empty where there is no
   *     limit
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Limits(
      int inFlightLimit, Optional<Integer> rateLimit, Optional<String> rateLimitWindow) {}

  /**
   * Returns one destination.
   *
   * @throws ApiProblem 404 where there is none with this name
   */
  public State of(String name) throws SQLException {
    return all().stream()
        .filter(state -> state.name().equals(name))
        .findFirst()
        .orElseThrow(DestinationStates::unknown);
  }

  static ApiProblem unknown() {
    return new ApiProblem(
        404, "Not Found", "No destination has this name; GET /api/destinations lists them");
  }

  /** Returns all destinations, by name. */
  public List<State> all() throws SQLException {
    Map<String, PauseReason> pauses = operatorPauses.all();
    Map<String, Backlog> unfinished = queueDepth.all();
    Set<String> names = new TreeSet<>(live.destinations().keySet());
    names.addAll(unfinished.keySet());
    return names.stream()
        .map(
            name ->
                state(
                    name,
                    Optional.ofNullable(pauses.get(name)),
                    unfinished.getOrDefault(name, Backlog.NONE)))
        .toList();
  }

  private State state(String name, Optional<PauseReason> byOperator, Backlog unfinished) {
    RelayConfig.Destination settings = live.destinations().get(name);
    Optional<String> off = Optional.ofNullable(DeliveryInserter.unreachable(name, settings));
    Optional<CallRate> rate =
        Optional.ofNullable(settings)
            .flatMap(RelayConfig.Destination::rateLimit)
            .filter(CallRate::isLimited);
    return new State(
        name,
        off.isEmpty(),
        activity(name, off, byOperator),
        new Queue(unfinished.waiting(), unfinished.oldest(), unfinished.running()),
        new Limits(
            workers.inFlight(name),
            rate.map(CallRate::calls),
            rate.map(CallRate::window).map(Duration::toString)));
  }

  private Activity activity(String name, Optional<String> off, Optional<PauseReason> byOperator) {
    Status paused = off.isPresent() ? Status.OFF : Status.PAUSED;
    if (byOperator.isPresent()) {
      return Activity.paused(paused, PausedBy.OPERATOR, byOperator.get());
    }
    if (off.isEmpty() && !workers.isRouted(name)) {
      return Activity.withoutRoute(name);
    }
    return Optional.ofNullable(workers.pauseReason(name))
        .map(pause -> Activity.paused(paused, PausedBy.CIRCUIT, pause))
        .or(() -> off.map(Activity::off))
        .orElse(Activity.RUNNING);
  }
}
