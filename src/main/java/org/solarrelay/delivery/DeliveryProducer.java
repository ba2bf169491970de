package org.solarrelay.delivery;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.solarrelay.delivery.queue.RoutedEventSink;
import org.solarrelay.event.InvalidMessageException;

/** Adds a destination to the exchange's event. The batch of fan-out stores the delivery later. */
final class DeliveryProducer extends DefaultProducer {

  private final DeliveryEndpoint endpoint;
  private DeliveryWorkers workers;
  private RoutedEventSink events;

  DeliveryProducer(DeliveryEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  /** Looks the beans up once, because every event passes several producers. */
  @Override
  protected void doInit() throws Exception {
    super.doInit();
    workers = endpoint.getComponent().workers();
    events = endpoint.getComponent().events();
  }

  @Override
  public void process(Exchange exchange) {
    String destination = endpoint.getDestination();
    if (!workers.isKnown(destination)) {
      throw new InvalidMessageException("there is no destination %s".formatted(destination));
    }
    events.deliverTo(exchange, destination);
  }
}
