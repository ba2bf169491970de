package org.solarrelay.topic;

import java.util.ArrayList;
import java.util.List;
import org.solarrelay.event.Event;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Translation;

/** The forms in which a route hands events to {@code topic:events}. */
final class EventBody {

  private EventBody() {}

  /**
   * The events in a body.
   *
   * @throws InvalidMessageException where the body is no event, list of events, or translation
   */
  static Translation read(Object body) {
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
        "topic:events takes an event, a list of events or a translation, and the body is none");
  }
}
