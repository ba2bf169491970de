package org.solarrelay.delivery;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.solarrelay.delivery.queue.RoutedEventSink;

/**
 * {@code from: delivery:crm} receives the deliveries that are due at a destination, one event each,
 * and records how each ended. {@code to: delivery:crm} in fan-out: the event is to be delivered
 * there.
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

  /** The workers of this program; null in a context that works no queue, as specs and tests use. */
  DeliveryWorkers workers() {
    return getCamelContext().getRegistry().findSingleByType(DeliveryWorkers.class);
  }

  /** What fan-out adds destinations to. */
  RoutedEventSink events() {
    return getCamelContext().getRegistry().findSingleByType(RoutedEventSink.class);
  }
}
