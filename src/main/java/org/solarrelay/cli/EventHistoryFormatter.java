package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** Tells a person what became of a message. */
final class EventHistoryFormatter {

  private final PrintWriter out;
  private final ConsoleFormat paint;

  EventHistoryFormatter(PrintWriter out, ConsoleFormat paint) {
    this.out = out;
    this.paint = paint;
  }

  void tell(EventHistory story) {
    out.println(opening(story));
    replays(story.json(), "  ");
    for (JsonNode event : story.json().path("events")) {
      out.println();
      event(event);
      int width = width(story);
      story
          .deliveries()
          .filter(delivery -> isOf(delivery, event))
          .forEach(delivery -> new DeliveryFormatter(out, paint, width).tell(delivery));
    }
    out.flush();
  }

  private String opening(EventHistory story) {
    String reason = TerminalText.text(story.json().path("reason").asText(""));
    int events = story.json().path("events").size();
    String state = paint.state(story.state(), 0);
    String none = story.state().equals("accepted") ? state : state + ", no event";
    String became = events == 0 ? none : ConsoleFormat.count(events, "event");
    return story.id() + ": " + became + (reason.isEmpty() ? "" : ": " + reason);
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
    for (JsonNode note : event.path("notes")) {
      out.println("  note: " + TerminalText.text(note.asText()));
    }
  }

  private void replays(JsonNode replayed, String indent) {
    for (JsonNode replay : replayed.path("replays")) {
      out.printf(
          "%sreplayed %s by %s%n",
          indent, ConsoleFormat.time(replay.path("at").asText()), text(replay, "by"));
    }
  }

  private static int width(EventHistory story) {
    return story.deliveries().mapToInt(d -> text(d, "destination").length()).max().orElse(0);
  }

  private static boolean isOf(JsonNode delivery, JsonNode event) {
    return delivery.path("eventId").equals(event.path("id"))
        && delivery.path("source").equals(event.path("source"));
  }

  private static String text(JsonNode node, String name) {
    return TerminalText.text(node.path(name).asText(""));
  }
}
