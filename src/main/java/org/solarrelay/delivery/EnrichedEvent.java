package org.solarrelay.delivery;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.solarrelay.event.Event;
import org.solarrelay.identity.EventIds;
import org.solarrelay.identity.ExternalId;

/**
 * The event of a delivery after a route enriched it. A route that enriches an event sets the
 * exchange property {@link #PROPERTY}; the delivery stores the ids that the event gained.
 */
public final class EnrichedEvent {

  public static final String PROPERTY = "relay.enrichedEvent";

  private EnrichedEvent() {}

  /** Returns the enriched event of an exchange; empty where no route enriched it. */
  public static Optional<Event> of(Exchange exchange) {
    return Optional.ofNullable(exchange.getProperty(PROPERTY, Event.class));
  }

  /** Returns the ids that the enriched event has and the delivered event lacks. */
  static List<ExternalId> gainedIds(Exchange exchange, Event delivered) {
    return of(exchange).map(enriched -> gainedIds(enriched, delivered)).orElse(List.of());
  }

  private static List<ExternalId> gainedIds(Event enriched, Event delivered) {
    Map<String, String> known = EventIds.of(delivered);
    return EventIds.of(enriched).entrySet().stream()
        .filter(id -> !known.containsKey(id.getKey()))
        .map(id -> new ExternalId(id.getKey(), id.getValue(), "requested from Enerflo"))
        .toList();
  }
}
