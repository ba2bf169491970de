package org.solarrelay.topic;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventDefaults;

/** What a route makes events of when it sends JSON {@code to: topic:events}. */
public interface EventOrigin {

  /** The name of the exchange property that holds the origin. */
  String PROPERTY = "relay.eventOrigin";

  /** What an event has where its JSON leaves it out. */
  EventDefaults defaults();

  /**
   * Takes an event to send it later, or refuses it.
   *
   * @return false where the event is to be sent as it is
   * @throws org.solarrelay.event.InvalidMessageException where no such event may be made of it
   */
  boolean takes(Event event);

  /** Leaves the body for the next step: Camel's variableSend alone leaves the variable's value. */
  default void afterSending(Exchange exchange) {}

  /** The origin of the exchange's events; empty where it comes from a timer or is a delivery. */
  static Optional<EventOrigin> of(Exchange exchange) {
    return Optional.ofNullable(exchange.getProperty(PROPERTY, EventOrigin.class));
  }

  /** Makes it the origin of the exchange's events. */
  default void carriedBy(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
  }
}
