package org.solarrelay.event;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The event type a message names, or a refusal that lists the ones there are. */
final class EventTypeName {

  private EventTypeName() {}

  /**
   * The topic that carries events of a type, be it of the vocabulary or one of {@link
   * CustomEventTypes}.
   *
   * @throws InvalidMessageException where there is no such type
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

  static String all() {
    return Stream.concat(
            Arrays.stream(EventType.values()).map(EventType::id), CustomEventTypes.names().stream())
        .collect(Collectors.joining(", "));
  }
}
