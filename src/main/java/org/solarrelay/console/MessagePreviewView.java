package org.solarrelay.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The preview of a dead message: the events and deliveries that the routes in force would make of
 * it.
 *
 * @param outcome {@code events}, {@code ignored} or {@code dead}
 * @param reason empty without one
 */
public record MessagePreviewView(String outcome, String reason, List<EventView> events) {

  /**
   * An event that the message would become.
   *
   * @param data JSON, indented
   * @param others the destinations that would not receive it, each with the reason
   */
  public record EventView(
      String type,
      String subject,
      String data,
      List<DestinationPreview> deliveries,
      List<String> others) {

    /** Such as {@code lead.submitted to enerflo, solarproof}. */
    public String summary() {
      return deliveries.isEmpty()
          ? type + " to no destination"
          : deliveries.stream()
              .map(DestinationPreview::destination)
              .collect(Collectors.joining(", ", type + " to ", ""));
    }
  }

  /** The first attempt of an event at a destination. */
  public record DestinationPreview(String destination, PreviewView preview) {}

  /**
   * @param preview as {@code POST /api/preview} returns it
   */
  static MessagePreviewView of(JsonNode preview) {
    JsonNode result = preview;
    List<EventView> events = new ArrayList<>();
    for (JsonNode event : preview.path("events")) {
      events.add(event(event));
      // an event has an outcome only if fan-out failed
      result = event.has("outcome") ? event : result;
    }
    boolean isAlive = !events.isEmpty() && !result.path("outcome").asText().equals("dead");
    return new MessagePreviewView(
        isAlive ? "events" : result.path("outcome").asText(),
        isAlive ? "" : result.path("reason").asText(),
        events);
  }

  private static EventView event(JsonNode json) {
    JsonNode event = json.path("event");
    List<DestinationPreview> deliveries = new ArrayList<>();
    for (JsonNode delivery : json.path("deliveries")) {
      deliveries.add(
          new DestinationPreview(delivery.path("destination").asText(), PreviewView.of(delivery)));
    }
    List<String> others = new ArrayList<>();
    json.path("notHeardBy")
        .properties()
        .forEach(one -> others.add(one.getKey() + ": " + one.getValue().asText()));
    return new EventView(
        event.path("type").asText(),
        event.path("subject").asText(),
        event.path("data").toPrettyString(),
        deliveries,
        others);
  }
}
