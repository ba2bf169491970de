package org.solarrelay.event;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;

/** The event type a message names, or a refusal that lists the ones there are. */
final class KnownType {

  private KnownType() {}

  static EventType of(String name) {
    return EventType.of(name)
        .orElseThrow(
            () ->
                new InvalidMessageException(
                    "unknown event type %s; known are %s".formatted(EventText.shown(name), all())));
  }

  static String all() {
    return Arrays.stream(EventType.values()).map(EventType::id).collect(joining(", "));
  }
}
