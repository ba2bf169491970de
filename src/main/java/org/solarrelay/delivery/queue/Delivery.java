package org.solarrelay.delivery.queue;

import java.time.Duration;
import org.solarrelay.event.Event;
import org.solarrelay.ops.telemetry.LogContext;
import org.solarrelay.ops.telemetry.TraceSpan;

/**
 * One delivery that this pod holds the lease of.
 *
 * @param attempt this attempt's number, from 1; it also tells a late answer from the current one
 * @param age since its first attempt
 * @param approved whether an operator has allowed what it was held for
 * @param bytes of the event's text
 */
public record Delivery(
    long id,
    String destination,
    int attempt,
    Duration age,
    boolean approved,
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
    this(id, destination, attempt, age, approved, origin, event, 0);
  }

  /** What a thread that is busy with it works on, for the log. */
  public LogContext work() {
    return LogContext.event(event, destination, TraceSpan.idIn(origin.trace()));
  }

  Delivery with(Event completed) {
    return new Delivery(id, destination, attempt, age, approved, origin, completed, bytes);
  }
}
