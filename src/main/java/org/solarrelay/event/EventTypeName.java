package org.solarrelay.event;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks up event types by name; the exception for an unknown name lists the known names. */
final class EventTypeName {

  private EventTypeName() {}

  /**
   * The topic of a type, of the vocabulary or of {@link CustomEventTypes}.
   *
   * @throws InvalidMessageException if there is no such type
   */
  static String topicOf(String name) {
    return EventType.of(name)
        .map(EventType::topic)
        .or(() -> CustomEventTypes.of(name).map(CustomEventTypes.Added::topic))
        .orElseThrow(
            () ->
                new InvalidMessageException(
                    "unknown event type %s; known are %s"
                        .formatted(AttributeLimits.shown(name), all())));
  }

  /** The names of all types, for a message. */
  static String all() {
    return Stream.concat(
            Arrays.stream(EventType.values()).map(EventType::id), CustomEventTypes.names().stream())
        .collect(Collectors.joining(", "));
  }
}
