package org.solarrelay.delivery.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.delivery.DeliveryWorkers;
import org.solarrelay.delivery.queue.Backlogs;
import org.solarrelay.delivery.queue.Backlogs.Backlog;
import org.solarrelay.delivery.queue.NewDeliveries;
import org.solarrelay.delivery.queue.Pause;
import org.solarrelay.delivery.queue.PausedDestinations;

/** How each destination of the configuration stands. */
@Singleton
class DestinationStates {

  private final RelayConfig config;
  private final Backlogs backlogs;
  private final PausedDestinations paused;
  private final DeliveryWorkers workers;

  DestinationStates(
      RelayConfig config, Backlogs backlogs, PausedDestinations paused, DeliveryWorkers workers) {
    this.config = config;
    this.backlogs = backlogs;
    this.paused = paused;
    this.workers = workers;
  }

  /**
   * How a destination stands.
   *
   * @param state running, paused or off
   * @param pausedBy operator; circuit where this pod finds it down; route where none begins at the
   *     destination; null where it is not paused
   * @param reason why it is paused or off, null where nobody said
   * @param since when it is paused
   * @param by the operator who paused it
   * @param waiting how many deliveries are pending
   * @param oldestWaiting when the oldest of them was fanned out, null where there is none
   * @param running how many are with a pod
   * @param inFlightLimit calls at once, of each pod
   * @param rateLimit calls in any 60 seconds, of all pods together; null where there is no limit
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
      Integer rateLimit) {}

  /** All of them, by name. */
  List<State> all() throws SQLException {
    Map<String, RelayConfig.Destination> destinations = new TreeMap<>(config.destinations());
    Map<String, Pause> pauses = paused.all();
    Map<String, Backlog> unfinished = backlogs.of(destinations.keySet());
    return destinations.keySet().stream()
        .map(name -> state(name, pauses.get(name), unfinished.getOrDefault(name, Backlog.NONE)))
        .toList();
  }

  private State state(String name, Pause byOperator, Backlog unfinished) {
    RelayConfig.Destination settings = config.destinations().get(name);
    String off = NewDeliveries.unreachable(name, settings);
    boolean routed = off != null || workers.isRouted(name);
    Pause pause = byOperator == null ? ownPause(name, routed) : byOperator;
    Pause shown = pause == null ? new Pause(off, null, null) : pause;
    int limit = settings.rateLimit().orElse(0);
    return new State(
        name,
        off == null,
        word(off, pause),
        pausedBy(byOperator, pause, routed),
        shown.reason(),
        shown.since(),
        shown.by(),
        unfinished.waiting(),
        unfinished.oldest(),
        unfinished.running(),
        workers.inFlight(name),
        limit == 0 ? null : limit);
  }

  private static String word(String off, Pause pause) {
    if (off != null) {
      return "off";
    }
    return pause == null ? "running" : "paused";
  }

  private Pause ownPause(String name, boolean routed) {
    return routed
        ? workers.opened(name)
        : new Pause("no route begins at delivery:%s".formatted(name), null, null);
  }

  private static String pausedBy(Pause byOperator, Pause pause, boolean routed) {
    if (pause == null) {
      return null;
    }
    if (byOperator != null) {
      return "operator";
    }
    return routed ? "circuit" : "route";
  }
}
