package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.solarrelay.delivery.queue.DeliveryState;

/** Prints the state of a delivery, its failed attempts with their calls, and its replays. */
final class DeliveryFormatter {

  private static final int STATE_WIDTH = 9;
  private static final int MAX_FAILURES = 5;
  private static final int MAX_RESPONSE_LENGTH = 300;

  private final PrintWriter out;
  private final ConsoleFormat format;
  private final int width;

  /**
   * @param width the length of the longest destination name
   */
  DeliveryFormatter(PrintWriter out, ConsoleFormat format, int width) {
    this.out = out;
    this.format = format;
    this.width = width;
  }

  void print(JsonNode delivery) {
    out.printf(
        "  %s  %s  %s%n",
        padded(text(delivery, "destination"), width),
        format.state(EventHistory.stateOf(delivery), STATE_WIDTH),
        String.join(", ", details(delivery)));
    String indent = " ".repeat(2 + width + 2);
    printFailures(delivery.path("failures"), delivery, indent);
    for (JsonNode replay : delivery.path("replays")) {
      out.printf(
          "%sreplayed %s by %s%n",
          indent, ConsoleFormat.time(replay.path("at").asText()), text(replay, "by"));
    }
    hint(delivery).ifPresent(hint -> out.println(indent + hint));
  }

  /** Prints the last failed attempts of a delivery, and the number of those before. */
  private void printFailures(JsonNode failures, JsonNode delivery, String indent) {
    int omitted = Math.max(0, failures.size() - MAX_FAILURES);
    if (omitted > 0) {
      out.printf("%s… and %s before%n", indent, ConsoleFormat.count(omitted, "attempt"));
    }
    for (int index = omitted; index < failures.size(); index++) {
      JsonNode failure = failures.get(index);
      out.printf(
          "%sattempt %d, %s%s%s%n",
          indent,
          failure.path("attempt").asInt(),
          ConsoleFormat.time(failure.path("at").asText()),
          reason(failure, delivery),
          response(failure));
      printCalls(delivery, failure.path("attempt"), indent + "  ");
    }
  }

  /** Prints method, path, status and duration of each call of an attempt. */
  private void printCalls(JsonNode delivery, JsonNode attempt, String indent) {
    for (JsonNode request : delivery.path("requests")) {
      if (request.path("attempt").equals(attempt)) {
        for (JsonNode call : request.path("calls")) {
          out.printf(
              "%s%s %s: %s%s%n",
              indent,
              text(call, "method"),
              text(call, "url"),
              call.hasNonNull("status") ? text(call, "status") : "no response",
              call.hasNonNull("durationMs") ? ", %s ms".formatted(text(call, "durationMs")) : "");
        }
      }
    }
  }

  /** Empty if the delivery's line has the same reason. */
  private static String reason(JsonNode failure, JsonNode delivery) {
    boolean repeated = failure.path("reason").equals(delivery.path("reason"));
    return repeated ? "" : ": " + text(failure, "reason");
  }

  private static List<String> details(JsonNode delivery) {
    List<String> details = new ArrayList<>();
    if (delivery.hasNonNull("reason")) {
      details.add(text(delivery, "reason"));
    }
    if (delivery.hasNonNull("vendorId")) {
      details.add("known there as " + text(delivery, "vendorId"));
    }
    if (EventHistory.isIn(delivery, DeliveryState.DELIVERED) && delivery.hasNonNull("status")) {
      details.add("HTTP " + text(delivery, "status"));
    }
    int attempts = delivery.path("attempts").asInt();
    if (attempts > 0) {
      details.add(ConsoleFormat.count(attempts, "attempt"));
    }
    if (delivery.hasNonNull("nextAttemptAt")) {
      details.add("next not before " + ConsoleFormat.time(delivery.path("nextAttemptAt").asText()));
    }
    details.add("delivery " + text(delivery, "id"));
    return details;
  }

  private static Optional<String> hint(JsonNode delivery) {
    String id = text(delivery, "id");
    if (EventHistory.isIn(delivery, DeliveryState.DEAD)) {
      return Optional.of("once it is fixed: ./relay replay " + id);
    }
    return EventHistory.isIn(delivery, DeliveryState.HELD)
        ? Optional.of(
            "it awaits your approval: ./relay approve %s, or ./relay decline %s".formatted(id, id))
        : Optional.empty();
  }

  private static String response(JsonNode failure) {
    String response = text(failure, "answer");
    if (response.isEmpty()) {
      return "";
    }
    return ", response "
        + (response.length() > MAX_RESPONSE_LENGTH
            ? response.substring(0, MAX_RESPONSE_LENGTH) + "…"
            : response);
  }

  private static String padded(String text, int width) {
    return ("%-" + Math.max(width, 1) + "s").formatted(text);
  }

  private static String text(JsonNode node, String name) {
    return TerminalText.clean(node.path(name).asText(""));
  }
}
