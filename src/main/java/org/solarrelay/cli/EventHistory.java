package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The history of an event, webhook or message: the response of {@code GET /api/events/{id}}.
 *
 * @param json the body of the response
 */
record EventHistory(JsonNode json) {

  // a held delivery awaits an operator
  private static final Set<String> END_STATES = Set.of("delivered", "skipped", "dead", "held");

  private static final Set<String> UNFINISHED = Set.of("accepted", "resent");

  String id() {
    return json.path("id").asText();
  }

  String state() {
    return json.path("state").asText();
  }

  /** Whether the message became events. */
  boolean hasEvents() {
    return state().equals("events");
  }

  Stream<JsonNode> deliveries() {
    return StreamSupport.stream(json.path("deliveries").spliterator(), false);
  }

  /** Whether nothing more happens without an operator. */
  boolean isFinished() {
    return !UNFINISHED.contains(state()) && deliveries().allMatch(EventHistory::isEnded);
  }

  /** Whether the message or a delivery is dead. */
  boolean isDead() {
    return state().equals("dead") || deliveries().anyMatch(d -> stateOf(d).equals("dead"));
  }

  /** The progress so far, to compare with a later poll. */
  Map<String, Object> progress() {
    return Map.of(
        "state", state(),
        "events", json.path("events").size(),
        "deliveries", deliveries().map(EventHistory::stateOf).toList());
  }

  static boolean isEnded(JsonNode delivery) {
    return END_STATES.contains(stateOf(delivery));
  }

  static String stateOf(JsonNode delivery) {
    return delivery.path("state").asText();
  }
}
