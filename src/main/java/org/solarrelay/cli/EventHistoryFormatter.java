package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import org.solarrelay.delivery.queue.MessageState;

/** Prints the history of a message: its events and their deliveries. */
final class EventHistoryFormatter {

  private final PrintWriter out;
  private final ConsoleFormat format;

  EventHistoryFormatter(PrintWriter out, ConsoleFormat format) {
    this.out = out;
    this.format = format;
  }

  void print(EventHistory history) {
    out.println(firstLine(history));
    replays(history.json(), "  ");
    for (JsonNode event : history.json().path("events")) {
      out.println();
      event(event);
      int width = width(history);
      history
          .deliveries()
          .filter(delivery -> belongsTo(delivery, event))
          .forEach(delivery -> new DeliveryFormatter(out, format, width).print(delivery));
    }
    out.flush();
  }

  private String firstLine(EventHistory history) {
    String reason = TerminalText.clean(history.json().path("reason").asText(""));
    int events = history.json().path("events").size();
    String state = format.state(history.state(), 0);
    String noEvent = history.isIn(MessageState.ACCEPTED) ? state : state + ", no event";
    String result = events == 0 ? noEvent : ConsoleFormat.count(events, "event");
    return history.id() + ": " + result + (reason.isEmpty() ? "" : ": " + reason);
  }

  private void event(JsonNode event) {
    out.printf(
        "%s of %s, about %s, %s%n",
        text(event, "type"),
        text(event, "source"),
        text(event, "subject"),
        ConsoleFormat.time(event.path("time").asText()));
    out.printf("  event %s", text(event, "id"));
    if (!event.path("place").equals(event.path("id"))) {
      out.printf(", at %s", text(event, "place"));
    }
    if (event.hasNonNull("receipt") && !event.path("receipt").equals(event.path("id"))) {
      out.printf(", receipt %s", text(event, "receipt"));
    }
    out.println();
    if (event.hasNonNull("causationId")) {
      out.println("  derived from event " + text(event, "causationId"));
    }
    if (event.path("erased").asBoolean()) {
      out.println("  erased");
    }
    for (JsonNode note : event.path("notes")) {
      out.println("  note: " + TerminalText.clean(note.asText()));
    }
  }

  private void replays(JsonNode replayed, String indent) {
    for (JsonNode replay : replayed.path("replays")) {
      out.printf(
          "%sreplayed %s by %s%n",
          indent, ConsoleFormat.time(replay.path("at").asText()), text(replay, "by"));
    }
  }

  private static int width(EventHistory history) {
    return history.deliveries().mapToInt(d -> text(d, "destination").length()).max().orElse(0);
  }

  private static boolean belongsTo(JsonNode delivery, JsonNode event) {
    return delivery.path("eventId").equals(event.path("id"))
        && delivery.path("source").equals(event.path("source"));
  }

  private static String text(JsonNode node, String name) {
    return TerminalText.clean(node.path(name).asText(""));
  }
}
