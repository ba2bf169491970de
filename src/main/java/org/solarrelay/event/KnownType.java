package org.solarrelay.event;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The event type a message names, or a refusal that lists the ones there are. */
final class KnownType {

  private KnownType() {}

  /**
   * The topic that carries events of a type, be it of the vocabulary or one of {@link AddedTypes}.
   *
   * @throws InvalidMessageException where there is no such type
   */
  static String topicOf(String name) {
    return EventType.of(name)
        .map(EventType::topic)
        .or(() -> AddedTypes.of(name).map(AddedTypes.Added::topic))
        .orElseThrow(
            () ->
                new InvalidMessageException(
                    "unknown event type %s; known are %s".formatted(EventText.shown(name), all())));
  }

  static String all() {
    return Stream.concat(
            Arrays.stream(EventType.values()).map(EventType::id), AddedTypes.names().stream())
        .collect(Collectors.joining(", "));
  }
}
