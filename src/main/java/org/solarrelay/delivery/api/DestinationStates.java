package org.solarrelay.delivery.api;

import com.fasterxml.jackson.annotation.JsonInclude;
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

/** Describes each destination. A removed destination is included while deliveries wait for it. */
@Singleton
class DestinationStates {

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

  /**
   * A destination's state, settings and queue.
   *
   * @param state running, paused or off
   * @param pausedBy operator; circuit where this pod's circuit breaker is open; route where no
   *     route begins at the destination; null where it is not paused
   * @param reason why it is paused or off; null where the operator gave no reason
   * @param since when the pause began
   * @param by the operator who paused it
   * @param waiting number of pending deliveries
   * @param oldestWaiting when fan-out added the oldest pending delivery; null where there is none
   * @param running number of deliveries that a pod has leased
   * @param inFlightLimit concurrent calls of each pod
   * @param rateLimit calls of all pods together per window; null where there is no limit
   * @param rateLimitWindow length of the window, such as {@code PT1M}; null where there is no limit
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record State(
      String name,
      boolean on,
      String state,
      String pausedBy,
      String reason,
      OffsetDateTime since,
      String by,
      long waiting,
      OffsetDateTime oldestWaiting,
      long running,
      int inFlightLimit,
      Integer rateLimit,
      String rateLimitWindow) {}

  /** Returns all destinations, by name. */
  List<State> all() throws SQLException {
    Map<String, PauseReason> pauses = operatorPauses.all();
    Map<String, Backlog> unfinished = queueDepth.all();
    Set<String> names = new TreeSet<>(live.destinations().keySet());
    names.addAll(unfinished.keySet());
    return names.stream()
        .map(name -> state(name, pauses.get(name), unfinished.getOrDefault(name, Backlog.NONE)))
        .toList();
  }

  private State state(String name, PauseReason byOperator, Backlog unfinished) {
    RelayConfig.Destination settings = live.destinations().get(name);
    String off = DeliveryInserter.unreachable(name, settings);
    Optional<CallRate> rate =
        Optional.ofNullable(settings)
            .flatMap(RelayConfig.Destination::rateLimit)
            .filter(CallRate::isLimited);
    boolean routed = off != null || workers.isRouted(name);
    PauseReason pause = byOperator == null ? ownPause(name, routed) : byOperator;
    PauseReason shown = pause == null ? new PauseReason(off, null, null) : pause;
    return new State(
        name,
        off == null,
        stateText(off, pause),
        pausedBy(byOperator, pause, routed),
        shown.reason(),
        shown.since(),
        shown.by(),
        unfinished.waiting(),
        unfinished.oldest(),
        unfinished.running(),
        workers.inFlight(name),
        rate.map(CallRate::calls).orElse(null),
        rate.map(CallRate::window).map(Duration::toString).orElse(null));
  }

  private static String stateText(String off, PauseReason pause) {
    if (off != null) {
      return "off";
    }
    return pause == null ? "running" : "paused";
  }

  private PauseReason ownPause(String name, boolean routed) {
    return routed
        ? workers.pauseReason(name)
        : new PauseReason("no route begins at delivery:%s".formatted(name), null, null);
  }

  private static String pausedBy(PauseReason byOperator, PauseReason pause, boolean routed) {
    if (pause == null) {
      return null;
    }
    if (byOperator != null) {
      return "operator";
    }
    return routed ? "circuit" : "route";
  }
}
