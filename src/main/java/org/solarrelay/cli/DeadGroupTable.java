package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;

/** Prints groups of dead letters as a table; the reason is the last column, as it may be long. */
final class DeadGroupTable {

  private DeadGroupTable() {}

  static void print(JsonNode groups, PrintWriter out) {
    if (groups.isEmpty()) {
      out.println("No dead letters");
      return;
    }
    TextTable table =
        new TextTable("GROUP", "COUNT", "FIRST", "LAST", "STATE", "IN", "EVENT", "WHY");
    for (JsonNode group : groups) {
      table.add(
          List.of(
              group.path("fingerprint").asText(),
              group.path("count").asText(),
              ConsoleFormat.time(group.path("first").asText()),
              ConsoleFormat.time(group.path("last").asText()),
              state(group),
              place(group),
              group.path("type").asText(""),
              group.path("reason").asText()));
    }
    table.print(out);
  }

  /** Such as {@code open}, {@code reopened}, {@code acknowledged by ada (the vendor fixes it)}. */
  static String state(JsonNode group) {
    String state = group.path("state").asText();
    if (group.path("reopened").asBoolean()) {
      return "reopened";
    }
    if (group.path("acknowledgedBy").isNull()) {
      return state;
    }
    String note = group.path("note").asText("");
    String by = state + " by " + group.path("acknowledgedBy").asText();
    return note.isEmpty() ? by : "%s (%s)".formatted(by, note);
  }

  private static String place(JsonNode group) {
    String of = group.path("destination").asText("") + group.path("source").asText("");
    String stage = group.path("stage").asText();
    return of.isEmpty() ? stage : stage + ": " + of;
  }
}
