package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.delivery.queue.MessageState;

/**
 * The history of an event, webhook or message: the response of {@code GET /api/events/{id}}.
 *
 * @param json the body of the response
 */
record EventHistory(JsonNode json) {

  String id() {
    return json.path("id").asText();
  }

  String state() {
    return json.path("state").asText();
  }

  /** Whether the message became events. */
  boolean hasEvents() {
    return isIn(MessageState.EVENTS);
  }

  boolean isIn(MessageState state) {
    return state().equals(state.text());
  }

  Stream<JsonNode> deliveries() {
    return StreamSupport.stream(json.path("deliveries").spliterator(), false);
  }

  /** Whether nothing more happens without an operator. */
  boolean isFinished() {
    boolean unfinished = isIn(MessageState.ACCEPTED) || isIn(MessageState.RESENT);
    return !unfinished && deliveries().allMatch(EventHistory::isEnded);
  }

  /** Whether the message or a delivery is dead. */
  boolean isDead() {
    return isIn(MessageState.DEAD)
        || deliveries().anyMatch(delivery -> isIn(delivery, DeliveryState.DEAD));
  }

  /** The progress so far, to compare with a later poll. */
  Map<String, Object> progress() {
    return Map.of(
        "state", state(),
        "events", json.path("events").size(),
        "deliveries", deliveries().map(EventHistory::stateOf).toList());
  }

  /** Whether the delivery does nothing more without an operator; a held one awaits an approval. */
  static boolean isEnded(JsonNode delivery) {
    return DeliveryState.of(stateOf(delivery))
        .filter(state -> state.isFinished() || state == DeliveryState.HELD)
        .isPresent();
  }

  static boolean isIn(JsonNode delivery, DeliveryState state) {
    return stateOf(delivery).equals(state.text());
  }

  static String stateOf(JsonNode delivery) {
    return delivery.path("state").asText();
  }
}
