package org.solarrelay.console;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.solarrelay.delivery.api.DestinationStates;

/**
 * A destination with its state in words.
 *
 * @param state what the operator API says
 */
public record DestinationView(DestinationStates.State state) {

  static List<DestinationView> of(List<DestinationStates.State> states) {
    return states.stream().map(DestinationView::new).toList();
  }

  public String name() {
    return state.name();
  }

  private DestinationStates.Activity activity() {
    return state.activity();
  }

  private boolean isPausedBy(DestinationStates.PausedBy who) {
    return activity().pausedBy().equals(Optional.of(who));
  }

  /** The state in a few words, such as {@code paused by ada}. */
  public String words() {
    return switch (activity().state()) {
      case RUNNING -> "up";
      case OFF -> "off";
      case PAUSED -> pause();
    };
  }

  private String pause() {
    if (isPausedBy(DestinationStates.PausedBy.OPERATOR)) {
      return "paused by " + activity().by().orElse("an operator");
    }
    return isPausedBy(DestinationStates.PausedBy.CIRCUIT)
        ? "paused, circuit open"
        : "paused, no route";
  }

  /** The class of the state's style. */
  public String style() {
    return switch (activity().state()) {
      case RUNNING -> "good";
      case OFF -> "off";
      case PAUSED -> isPausedBy(DestinationStates.PausedBy.OPERATOR) ? "warn" : "bad";
    };
  }

  /** Why it is paused or off; empty where no reason is known. */
  public String reason() {
    return activity().reason().orElse("");
  }

  /** When the pause began; null without one. */
  public OffsetDateTime since() {
    return activity().since().orElse(null);
  }

  /** What this pod's circuit breaker does. */
  public String circuit() {
    return switch (activity().state()) {
      case OFF -> "unused";
      case RUNNING -> "closed";
      case PAUSED -> isPausedBy(DestinationStates.PausedBy.CIRCUIT) ? "open" : "unknown";
    };
  }

  public DestinationStates.Queue queue() {
    return state.queue();
  }

  /** The limit of calls at once, for each pod. */
  public int inFlightLimit() {
    return state.limits().inFlightLimit();
  }

  /** The rate limit, such as {@code 300 calls in 1 min}. */
  public String rateLimit() {
    DestinationStates.Limits limits = state.limits();
    return limits
        .rateLimit()
        .map(calls -> "%d calls in %s, all pods together".formatted(calls, window(limits)))
        .orElse("none");
  }

  private static String window(DestinationStates.Limits limits) {
    return limits.rateLimitWindow().map(Duration::parse).map(ConsoleTimes::words).orElseThrow();
  }
}
