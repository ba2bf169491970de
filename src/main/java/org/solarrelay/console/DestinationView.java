package org.solarrelay.console;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.solarrelay.delivery.api.DestinationStates;
import org.solarrelay.delivery.http.RateLimit;

/**
 * A destination with its state in words.
 *
 * @param state what the operator API says
 * @param rateLimitUse how much of its rate limit is in use; empty where it has none
 */
public record DestinationView(DestinationStates.State state, Optional<RateLimit.Use> rateLimitUse) {

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
      case RUNNING -> isRateLimited() ? "rate limited" : "up";
      case OFF -> "off";
      case PAUSED -> pause();
    };
  }

  /** Whether deliveries wait for the rate limit. */
  private boolean isRateLimited() {
    return queue().waiting() > 0 && rateLimitUse.map(RateLimit.Use::exhausted).orElse(false);
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
      case RUNNING -> isRateLimited() ? "warn" : "good";
      case OFF -> "off";
      case PAUSED -> isPausedBy(DestinationStates.PausedBy.OPERATOR) ? "warn" : "bad";
    };
  }

  /** Why the destination is paused or off; empty where no reason is known. */
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

  /** How many calls may start now, such as {@code 12 of 30}; empty without a rate limit. */
  public String freeCalls() {
    return rateLimitUse.map(use -> "%d of %d".formatted(use.free(), use.most())).orElse("");
  }

  private static String window(DestinationStates.Limits limits) {
    return limits.rateLimitWindow().map(Duration::parse).map(ConsoleTimes::words).orElseThrow();
  }
}
