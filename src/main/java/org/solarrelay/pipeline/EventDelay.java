package org.solarrelay.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.solarrelay.ops.telemetry.ElapsedTime;

/**
 * How long after its occurrence the relay accepted an event.
 *
 * @param source the source in a webhook's URL, or the source of a producer's event
 */
record EventDelay(String source, Duration delay) {

  /**
   * The delay of an event.
   *
   * @return empty where the sender gave no time, so that the event has the time of its acceptance
   */
  static Optional<EventDelay> of(String source, OffsetDateTime occurred, Instant accepted) {
    Instant instant = occurred.toInstant();
    return instant.equals(accepted)
        ? Optional.empty()
        : Optional.of(new EventDelay(source, ElapsedTime.between(instant, accepted)));
  }
}
