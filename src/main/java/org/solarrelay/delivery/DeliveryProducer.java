package org.solarrelay.delivery;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.solarrelay.delivery.queue.RoutedEventSink;
import org.solarrelay.event.InvalidMessageException;

/** Collects a destination of the event at hand; the batch of fan-out stores the delivery. */
final class DeliveryProducer extends DefaultProducer {

  private final DeliveryEndpoint endpoint;
  private DeliveryWorkers workers;
  private RoutedEventSink events;

  DeliveryProducer(DeliveryEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  /** Looks its collaborators up once: every event passes several producers. */
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
