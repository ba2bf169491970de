package org.solarrelay.dryrun;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.solarrelay.delivery.queue.RoutedEvent;
import org.solarrelay.event.Event;

/** Replaces {@code delivery:}, and records the destinations to which fan-out sends an event. */
final class DryRunFanOut extends DefaultComponent {

  private final List<String> destinations = new ArrayList<>();

  /** Clears the destinations of the previous event. */
  synchronized void begin() {
    destinations.clear();
  }

  synchronized List<String> destinations() {
    return List.copyOf(destinations);
  }

  private synchronized void add(String destination, Event event) {
    RoutedEvent.addDestination(destinations, event, destination);
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    parameters.clear();
    return new Destination(uri, remaining);
  }

  private final class Destination extends DefaultEndpoint {

    private final String name;

    Destination(String uri, String name) {
      super(uri, DryRunFanOut.this);
      this.name = name;
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) throws Exception {
          add(name, exchange.getMessage().getMandatoryBody(Event.class));
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException("a dry run enters routes by direct: only");
    }
  }
}
