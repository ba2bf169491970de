package org.solarrelay.delivery;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.solarrelay.event.Event;

/**
 * The event of a delivery after a route enriched it. A route that enriches an event sets the
 * exchange property {@link #PROPERTY}; the delivery stores the ids that the event gained.
 */
public final class EnrichedEvent {

  public static final String PROPERTY = "relay.enrichedEvent";

  private EnrichedEvent() {}

  /** The enriched event of an exchange; empty where no route enriched it. */
  public static Optional<Event> of(Exchange exchange) {
    return Optional.ofNullable(exchange.getProperty(PROPERTY, Event.class));
  }
}
