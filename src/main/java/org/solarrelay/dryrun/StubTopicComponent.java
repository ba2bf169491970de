package org.solarrelay.dryrun;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.solarrelay.event.Event;
import org.solarrelay.event.Translation;
import org.solarrelay.topic.EventBody;
import org.solarrelay.topic.EventOrigin;

/**
 * Replaces {@code topic:}: records the events that a route makes of a message, and as a call each
 * message that the route sends to a topic by name.
 */
final class StubTopicComponent extends DefaultComponent {

  private static final String BY_TYPE = "events";

  private final StubVendors vendors;
  private final List<Event> events = new ArrayList<>();
  private Optional<String> ignored = Optional.empty();

  StubTopicComponent(StubVendors vendors) {
    this.vendors = vendors;
  }

  /** Clears the events of the previous message. */
  synchronized void begin() {
    events.clear();
    ignored = Optional.empty();
  }

  /** The events that the route sent, without those that fan-out derived. */
  synchronized List<Event> events() {
    return List.copyOf(events);
  }

  /** Why the route made no event of the message, or of a part of it. */
  synchronized Optional<String> ignored() {
    return ignored;
  }

  private synchronized void send(EventOrigin origin, Object body) {
    Translation translation = EventBody.read(body, Optional.of(origin));
    translation.events().stream().filter(event -> !origin.accepts(event)).forEach(events::add);
    ignored = Optional.ofNullable(translation.ignored()).or(() -> ignored);
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    parameters.clear();
    return new Topic(uri, remaining);
  }

  private final class Topic extends DefaultEndpoint {

    private final String name;

    Topic(String uri, String name) {
      super(uri, StubTopicComponent.this);
      this.name = name;
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) {
          Optional<EventOrigin> origin = EventOrigin.of(exchange);
          if (name.equals(BY_TYPE) && origin.isPresent()) {
            send(origin.get(), exchange.getMessage().getBody());
          } else {
            vendors.addCall(OutgoingRequest.sent("topic", name, exchange.getMessage()));
          }
          origin.ifPresent(it -> it.afterSending(exchange));
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException("a dry run enters routes by direct: only");
    }
  }
}
