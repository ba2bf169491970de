package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Tells a person how one delivery stands and how it came to that. */
final class DeliveryFormatter {

  private static final int STATE_WIDTH = 9;
  private static final int LATEST = 5;
  private static final int LONGEST_ANSWER = 300;

  private final PrintWriter out;
  private final ConsoleFormat paint;
  private final int width;

  /**
   * @param width of the longest name of a destination
   */
  DeliveryFormatter(PrintWriter out, ConsoleFormat paint, int width) {
    this.out = out;
    this.paint = paint;
    this.width = width;
  }

  void tell(JsonNode delivery) {
    out.printf(
        "  %s  %s  %s%n",
        filled(text(delivery, "destination"), width),
        paint.state(EventHistory.state(delivery), STATE_WIDTH),
        String.join(", ", how(delivery)));
    String indent = " ".repeat(2 + width + 2);
    failures(delivery, indent);
    for (JsonNode replay : delivery.path("replays")) {
      out.printf(
          "%sreplayed %s by %s%n",
          indent, ConsoleFormat.time(replay.path("at").asText()), text(replay, "by"));
    }
    String hint = hint(delivery);
    if (hint != null) {
      out.println(indent + hint);
    }
  }

  private void failures(JsonNode delivery, String indent) {
    int left = delivery.path("failures").size() - LATEST;
    if (left > 0) {
      out.printf("%s… and %s before%n", indent, ConsoleFormat.count(left, "attempt"));
    }
    for (JsonNode failure : delivery.path("failures")) {
      if (left-- > 0) {
        continue;
      }
      out.printf(
          "%sattempt %d, %s%s%s%n",
          indent,
          failure.path("attempt").asInt(),
          ConsoleFormat.time(failure.path("at").asText()),
          reason(failure, delivery),
          answer(failure));
    }
  }

  /** Nothing where it has just been said of the delivery. */
  private static String reason(JsonNode failure, JsonNode delivery) {
    boolean said = failure.path("reason").equals(delivery.path("reason"));
    return said ? "" : ": " + text(failure, "reason");
  }

  private static List<String> how(JsonNode delivery) {
    List<String> how = new ArrayList<>();
    if (delivery.hasNonNull("reason")) {
      how.add(text(delivery, "reason"));
    }
    if (delivery.hasNonNull("vendorId")) {
      how.add("known there as " + text(delivery, "vendorId"));
    }
    if (EventHistory.state(delivery).equals("delivered") && delivery.hasNonNull("status")) {
      how.add("HTTP " + text(delivery, "status"));
    }
    int attempts = delivery.path("attempts").asInt();
    if (attempts > 0) {
      how.add(ConsoleFormat.count(attempts, "attempt"));
    }
    if (delivery.hasNonNull("nextAttemptAt")) {
      how.add("next not before " + ConsoleFormat.time(delivery.path("nextAttemptAt").asText()));
    }
    how.add("delivery " + text(delivery, "id"));
    return how;
  }

  private static String hint(JsonNode delivery) {
    String id = text(delivery, "id");
    return switch (EventHistory.state(delivery)) {
      case "dead" -> "once it is mended: ./relay replay " + id;
      case "held" ->
          "it waits for you: ./relay approve %s, or ./relay decline %s".formatted(id, id);
      default -> null;
    };
  }

  private static String answer(JsonNode failure) {
    String answer = text(failure, "answer");
    if (answer.isEmpty()) {
      return "";
    }
    return ", answered "
        + (answer.length() > LONGEST_ANSWER ? answer.substring(0, LONGEST_ANSWER) + "…" : answer);
  }

  private static String filled(String text, int width) {
    return ("%-" + Math.max(width, 1) + "s").formatted(text);
  }

  private static String text(JsonNode node, String name) {
    return TerminalText.text(node.path(name).asText(""));
  }
}
