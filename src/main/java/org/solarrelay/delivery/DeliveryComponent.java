package org.solarrelay.delivery;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.solarrelay.delivery.queue.RoutedEventSink;

/**
 * Camel component for deliveries. {@code from: delivery:crm} receives the due deliveries of a
 * destination, one event each, and records each outcome. {@code to: delivery:crm}, in fan-out, adds
 * a delivery of the event to the queue.
 */
@Component("delivery")
public class DeliveryComponent extends DefaultComponent {

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    DeliveryEndpoint endpoint = new DeliveryEndpoint(uri, this, remaining);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  /** Returns the workers; null in a context without a queue, such as a dry run's. */
  DeliveryWorkers workers() {
    return getCamelContext().getRegistry().findSingleByType(DeliveryWorkers.class);
  }

  /** Returns the sink that collects the destinations of events in fan-out. */
  RoutedEventSink events() {
    return getCamelContext().getRegistry().findSingleByType(RoutedEventSink.class);
  }
}
