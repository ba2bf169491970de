package org.solarrelay.pipeline;

import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.solarrelay.delivery.RoutedEventSink;
import org.solarrelay.event.Event;

/**
 * Adds the destinations that {@code direct:fan-out} names in its body, separated by commas. A body
 * that is the event still names none: its route has sent it to {@code delivery:} endpoints.
 */
@Singleton
public final class NamedDestinations implements Processor {

  private final RoutedEventSink events;

  NamedDestinations(RoutedEventSink events) {
    this.events = events;
  }

  @Override
  public void process(Exchange exchange) {
    if (!(exchange.getMessage().getBody() instanceof Event)) {
      names(RouteResult.body(exchange, String.class, "fan-out"))
          .forEach(name -> events.deliverTo(exchange, name));
    }
  }

  /** The destinations that a route names for an event, without the event's own source. */
  public static List<String> of(String body, Event event) {
    return names(body).stream().filter(name -> !name.equals(event.source())).toList();
  }

  private static List<String> names(String body) {
    return Arrays.stream(body.split(","))
        .map(String::trim)
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
