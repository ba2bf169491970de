package org.solarrelay.event;

import java.util.List;

/**
 * What a webhook means in the relay's vocabulary.
 *
 * @param events zero or more events
 * @param ignored why the webhook, or a part of it, made no event; null where all of it did
 */
public record Translation(List<Event> events, String ignored) {

  public static Translation of(List<Event> events) {
    return new Translation(events, null);
  }

  public static Translation of(Event event) {
    return of(List.of(event));
  }

  /** A webhook that is understood and needs nothing done. */
  public static Translation ignored(String reason) {
    return new Translation(List.of(), reason);
  }
}
