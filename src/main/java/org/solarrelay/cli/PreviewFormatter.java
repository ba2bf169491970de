package org.solarrelay.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.stream.Stream;

/** Tells a person what would become of a message. */
final class PreviewFormatter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter out;
  private final ConsoleFormat paint;

  PreviewFormatter(PrintWriter out, ConsoleFormat paint) {
    this.out = out;
    this.paint = paint;
  }

  /** Whether something of it would be dead. */
  static boolean failed(JsonNode told) {
    return told.findValuesAsText("outcome").contains("dead");
  }

  void tell(JsonNode told) {
    if (told.path("events").isEmpty()) {
      out.println(paint.state(text(told, "outcome"), 0) + ", no event" + reason(told));
    }
    for (JsonNode one : told.path("events")) {
      JsonNode event = one.path("event");
      out.printf(
          "%s of %s, about %s%s%n",
          text(event, "type"), text(event, "source"), text(event, "subject"), reason(one));
      for (JsonNode note : one.path("notes")) {
        out.println("  note: " + TerminalText.text(note.asText()));
      }
      one.path("deliveries").forEach(this::delivery);
      one.path("notHeardBy")
          .properties()
          .forEach(
              other ->
                  out.printf(
                      "  %-10s  not told: %s%n",
                      TerminalText.text(other.getKey()),
                      TerminalText.text(other.getValue().asText())));
      out.println();
    }
    out.println(text(told, "note"));
    out.flush();
  }

  private void delivery(JsonNode delivery) {
    out.printf(
        "  %-10s  %s%s%n",
        text(delivery, "destination"), paint.state(text(delivery, "outcome"), 0), reason(delivery));
    delivery.path("requests").forEach(this::request);
    for (JsonNode call : delivery.path("unanswered")) {
      out.println("    no answer is known for " + TerminalText.text(call.asText()));
    }
  }

  private void request(JsonNode request) {
    out.printf("    %s %s%s%n", text(request, "method"), text(request, "url"), query(request));
    request
        .path("headers")
        .properties()
        .forEach(
            header ->
                out.printf(
                    "      %s: %s%n",
                    TerminalText.text(header.getKey()),
                    TerminalText.text(header.getValue().asText())));
    if (request.hasNonNull("body")) {
      lines(request.path("body")).forEach(line -> out.println("      " + TerminalText.line(line)));
    }
  }

  private static String query(JsonNode request) {
    StringBuilder query = new StringBuilder();
    request
        .path("query")
        .properties()
        .forEach(
            parameter ->
                query
                    .append(query.isEmpty() ? "?" : "&")
                    .append(TerminalText.text(parameter.getKey()))
                    .append("=")
                    .append(TerminalText.text(parameter.getValue().asText())));
    return query.toString();
  }

  private static Stream<String> lines(JsonNode body) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(body).lines();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String reason(JsonNode node) {
    return node.hasNonNull("reason") ? ": " + text(node, "reason") : "";
  }

  private static String text(JsonNode node, String name) {
    return TerminalText.text(node.path(name).asText(""));
  }
}
