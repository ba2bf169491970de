package org.solarrelay.delivery;

import java.time.Duration;
import org.solarrelay.event.Event;

/**
 * One delivery that this pod holds the lease of.
 *
 * @param attempt this attempt's number, from 1; it also tells a late answer from the current one
 * @param age since its first attempt
 * @param approved whether an operator has allowed what it was held for
 */
record Delivery(
    long id,
    String destination,
    int attempt,
    Duration age,
    boolean approved,
    Origin origin,
    Event event) {

  Delivery with(Event completed) {
    return new Delivery(id, destination, attempt, age, approved, origin, completed);
  }
}
