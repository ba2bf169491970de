package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;

/** Prints dead messages as a table; the reason is the last column, because it may be long. */
final class DeadMessageTable {

  private DeadMessageTable() {}

  static void print(JsonNode messages, PrintWriter out) {
    if (messages.isEmpty()) {
      out.println("No dead messages");
      return;
    }
    TextTable table = new TextTable("ID", "STAGE", "OF", "CAME", "WHY");
    for (JsonNode message : messages) {
      table.add(row(message));
    }
    table.print(out);
  }

  private static List<String> row(JsonNode message) {
    return List.of(
        message.path("id").asText(),
        message.path("stage").asText(),
        message.path("source").asText(""),
        ConsoleFormat.time(message.path("at").asText()),
        message.path("reason").asText());
  }
}
