package org.solarrelay.delivery.queue;

import java.time.Duration;
import org.solarrelay.event.Event;
import org.solarrelay.ops.telemetry.LogContext;
import org.solarrelay.ops.telemetry.TraceSpan;

/**
 * A delivery that this pod has leased.
 *
 * @param attempt this attempt's number, from 1; the result of an earlier attempt is not recorded
 * @param age since its first attempt
 * @param approved whether an operator has approved the held delivery
 * @param retried whether an attempt failed, an operator replayed or approved it, or its event is
 *     made of a replayed message
 * @param bytes of the event's text
 */
public record Delivery(
    long id,
    String destination,
    int attempt,
    Duration age,
    boolean approved,
    boolean retried,
    DeliveryOrigin origin,
    Event event,
    int bytes) {

  public Delivery(
      long id,
      String destination,
      int attempt,
      Duration age,
      boolean approved,
      DeliveryOrigin origin,
      Event event) {
    this(id, destination, attempt, age, approved, false, origin, event, 0);
  }

  /** The context of log lines about this delivery. */
  public LogContext work() {
    return LogContext.delivery(event, destination, TraceSpan.traceIdOf(origin.trace()));
  }

  Delivery with(Event other) {
    return new Delivery(id, destination, attempt, age, approved, retried, origin, other, bytes);
  }
}
