package org.solarrelay.event;

import java.util.List;

/**
 * The result of translating a webhook or a message into events.
 *
 * @param events zero or more events
 * @param ignored the reason why the webhook, or a part of it, was ignored; null where no part was
 */
public record Translation(List<Event> events, String ignored) {

  public static Translation of(List<Event> events) {
    return new Translation(events, null);
  }

  public static Translation of(Event event) {
    return of(List.of(event));
  }

  /** The translation of a known webhook that is ignored. */
  public static Translation ignored(String reason) {
    return new Translation(List.of(), reason);
  }
}
