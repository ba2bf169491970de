package org.solarrelay.topic;

import java.util.Arrays;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.solarrelay.event.Event;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;

/** The routes that say what a webhook means and who hears of an event. */
public final class EventRoutes {

  private final ProducerTemplate camel;

  public EventRoutes(ProducerTemplate camel) {
    this.camel = camel;
  }

  /**
   * What {@code direct:translate-<source>} makes of a webhook.
   *
   * @throws InvalidMessageException where it can not be translated, or the route failed
   */
  public Translation translate(Webhook webhook) {
    Exchange exchange =
        camel.send("direct:translate-" + webhook.source(), e -> e.getIn().setBody(webhook));
    return FromRoute.result(exchange, Translation.class);
  }

  /**
   * The destinations that {@code direct:fan-out} names, without the event's own source.
   *
   * @throws InvalidMessageException where the route failed
   */
  public List<String> destinations(Event event) {
    Exchange exchange = camel.send("direct:fan-out", e -> e.getIn().setBody(event));
    String names = FromRoute.result(exchange, String.class);
    return Arrays.stream(names.split(","))
        .map(String::trim)
        .filter(name -> !name.isEmpty() && !name.equals(event.source()))
        .toList();
  }
}
