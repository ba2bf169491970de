package org.solarrelay.topic;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventDefaults;

/**
 * The message or event from which a route makes events, when it sends JSON {@code to:
 * topic:events}.
 */
public interface EventOrigin {

  /** The name of the exchange property that holds the origin. */
  String PROPERTY = "relay.eventOrigin";

  /** Attributes for JSON that omits them. */
  EventDefaults defaults();

  /**
   * Accepts an event, to send it later.
   *
   * @return false where the caller must send the event itself
   * @throws org.solarrelay.event.InvalidMessageException where the origin allows no such event
   */
  boolean accepts(Event event);

  /**
   * Sets the body for the next step. After {@code variableSend}, Camel leaves the variable's value
   * as body.
   */
  default void afterSending(Exchange exchange) {}

  /** Returns the origin of the exchange's events; empty in a timer's route or a delivery. */
  static Optional<EventOrigin> of(Exchange exchange) {
    return Optional.ofNullable(exchange.getProperty(PROPERTY, EventOrigin.class));
  }

  /** Sets this as the origin of the exchange's events. */
  default void attachTo(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
  }
}
