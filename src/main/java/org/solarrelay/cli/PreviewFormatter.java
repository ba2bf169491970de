package org.solarrelay.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.stream.Stream;

/** Prints a preview: events, deliveries and requests of a message. */
final class PreviewFormatter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter out;
  private final ConsoleFormat format;

  PreviewFormatter(PrintWriter out, ConsoleFormat format) {
    this.out = out;
    this.format = format;
  }

  /** Whether the message or a delivery would be dead. */
  static boolean isDead(JsonNode preview) {
    return preview.findValuesAsText("outcome").contains("dead");
  }

  void print(JsonNode preview) {
    if (preview.path("events").isEmpty()) {
      out.println(format.state(text(preview, "outcome"), 0) + ", no event" + reason(preview));
    }
    for (JsonNode item : preview.path("events")) {
      JsonNode event = item.path("event");
      out.printf(
          "%s of %s, about %s%s%n",
          text(event, "type"), text(event, "source"), text(event, "subject"), reason(item));
      for (JsonNode note : item.path("notes")) {
        out.println("  note: " + TerminalText.clean(note.asText()));
      }
      item.path("deliveries").forEach(this::delivery);
      item.path("notHeardBy")
          .properties()
          .forEach(
              other ->
                  out.printf(
                      "  %-10s  not selected:  %s%n",
                      TerminalText.clean(other.getKey()),
                      TerminalText.clean(other.getValue().asText())));
      out.println();
    }
    out.println(text(preview, "note"));
    out.flush();
  }

  private void delivery(JsonNode delivery) {
    out.printf(
        "  %-10s  %s%s%n",
        text(delivery, "destination"),
        format.state(text(delivery, "outcome"), 0),
        reason(delivery));
    delivery.path("requests").forEach(this::request);
    for (JsonNode call : delivery.path("unanswered")) {
      out.println("    no stub responds to " + TerminalText.clean(call.asText()));
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
                    TerminalText.clean(header.getKey()),
                    TerminalText.clean(header.getValue().asText())));
    if (request.hasNonNull("body")) {
      lines(request.path("body"))
          .forEach(line -> out.println("      " + TerminalText.cleanIndented(line)));
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
                    .append(TerminalText.clean(parameter.getKey()))
                    .append("=")
                    .append(TerminalText.clean(parameter.getValue().asText())));
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
    return TerminalText.clean(node.path(name).asText(""));
  }
}
