package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;

/** Prints deliveries as a table; the reason is the last column, because it may be long. */
final class DeliveryTable {

  private DeliveryTable() {}

  static void print(JsonNode deliveries, PrintWriter out, ConsoleFormat format) {
    if (deliveries.isEmpty()) {
      out.println("No deliveries");
      return;
    }
    TextTable table =
        new TextTable("ID", "STATE", "DESTINATION", "EVENT", "OF", "ABOUT", "CAME", "TRIED", "WHY");
    for (JsonNode delivery : deliveries) {
      table.add(row(delivery));
    }
    table.print(out, "STATE", format::state);
  }

  private static List<String> row(JsonNode delivery) {
    return List.of(
        delivery.path("id").asText(),
        EventHistory.stateOf(delivery),
        delivery.path("destination").asText(),
        delivery.path("type").asText(),
        delivery.path("source").asText(),
        delivery.path("subject").asText(),
        ConsoleFormat.time(delivery.path("createdAt").asText()),
        delivery.path("attempts").asText(),
        delivery.path("reason").asText(""));
  }
}
