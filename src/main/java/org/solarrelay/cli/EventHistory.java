package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What {@code GET /api/events/{id}} answers.
 *
 * @param json as it was answered
 */
record EventHistory(JsonNode json) {

  // what is held waits for a person
  private static final Set<String> ENDS = Set.of("delivered", "skipped", "dead", "held");

  private static final Set<String> UNDERWAY = Set.of("accepted", "resent");

  String id() {
    return json.path("id").asText();
  }

  String state() {
    return json.path("state").asText();
  }

  Stream<JsonNode> deliveries() {
    return StreamSupport.stream(json.path("deliveries").spliterator(), false);
  }

  /** Whether nothing more happens by itself. */
  boolean over() {
    return !UNDERWAY.contains(state()) && deliveries().allMatch(EventHistory::ended);
  }

  /** Whether something of it is dead. */
  boolean failed() {
    return state().equals("dead") || deliveries().anyMatch(d -> state(d).equals("dead"));
  }

  /** How far it is, to compare with later. */
  Map<String, Object> progress() {
    return Map.of(
        "state", state(),
        "events", json.path("events").size(),
        "deliveries", deliveries().map(EventHistory::state).toList());
  }

  static boolean ended(JsonNode delivery) {
    return ENDS.contains(state(delivery));
  }

  static String state(JsonNode delivery) {
    return delivery.path("state").asText();
  }
}
