package org.solarrelay.delivery;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.solarrelay.event.InvalidMessageException;

/** Collects a destination of the event at hand; the batch of fan-out stores the delivery. */
final class DeliveryProducer extends DefaultProducer {

  private final DeliveryEndpoint endpoint;

  DeliveryProducer(DeliveryEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) {
    String destination = endpoint.getDestination();
    DeliveryComponent component = endpoint.getComponent();
    if (!component.workers().isKnown(destination)) {
      throw new InvalidMessageException("there is no destination %s".formatted(destination));
    }
    component.events().deliverTo(exchange, destination);
  }
}
