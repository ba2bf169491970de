package org.solarrelay.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.solarrelay.event.Event;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.RouteEventReader;
import org.solarrelay.event.Translation;

/** Reads the events from a body that a route sends to {@code topic:events}. */
public final class EventBody {

  private EventBody() {}

  /**
   * Reads the events in a body.
   *
   * @param origin the source of defaults for JSON; empty where beans make the events
   * @throws InvalidMessageException where the body is no event, list of events, or translation
   */
  public static Translation read(Object body, Optional<EventOrigin> origin) {
    return origin.isPresent()
        ? RouteEventReader.read(body, origin.get().defaults())
        : madeByBean(body);
  }

  private static Translation madeByBean(Object body) {
    if (body instanceof Translation translation) {
      return translation;
    }
    if (body instanceof Iterable<?> several) {
      List<Event> events = new ArrayList<>();
      several.forEach(one -> events.add(event(one)));
      return Translation.of(events);
    }
    return Translation.of(event(body));
  }

  private static Event event(Object body) {
    if (body instanceof Event event) {
      return event;
    }
    throw new InvalidMessageException(
        "topic:events takes an event, a list of events or a translation, and the body is none;"
            + " JSON makes events in fan-out and in a route from topic:");
  }
}
