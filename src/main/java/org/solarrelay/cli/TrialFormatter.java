package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Prints the result of {@code ./relay try}. */
final class TrialFormatter {

  /** The number of printed lines per message; of the other lines only the number is printed. */
  private static final int MAX_LINES = 12;

  private static final int MAX_LENGTH = 160;
  private static final String OUTCOME = ".outcome";

  private final PrintWriter out;
  private final int limit;

  TrialFormatter(PrintWriter out, int limit) {
    this.out = out;
    this.limit = limit;
  }

  /** Whether lint or a spec rejects the files, or the change makes a message dead. */
  static boolean failed(JsonNode result) {
    return !result.path("lint").isEmpty()
        || result.path("specs").valueStream().anyMatch(spec -> !spec.path("problems").isEmpty())
        || result
            .path("routes")
            .valueStream()
            .flatMap(route -> route.path("messages").valueStream())
            .anyMatch(message -> message.path("dead").asBoolean());
  }

  void print(JsonNode result) {
    if (!result.path("lint").isEmpty()) {
      result.path("lint").forEach(problem -> out.println(TerminalText.clean(problem.asText())));
      out.println(ConsoleFormat.count(result.path("lint").size(), "problem") + " that lint finds");
    } else {
      out.println("lint: the files are fine");
      printSpecs(result.path("specs"));
      printRoutes(result);
    }
    out.flush();
  }

  private void printSpecs(JsonNode specs) {
    int failed = 0;
    for (JsonNode spec : specs) {
      if (!spec.path("problems").isEmpty()) {
        failed++;
        out.printf(
            "FAIL %s: %s  (%s)%n", text(spec, "route"), text(spec, "name"), text(spec, "place"));
        spec.path("problems")
            .forEach(line -> out.println("       " + TerminalText.clean(line.asText())));
      }
    }
    out.printf("specs: %d passed, %d failed%n", specs.size() - failed, failed);
  }

  private void printRoutes(JsonNode result) {
    if (result.path("changed").isEmpty()) {
      out.println("The files are those in force.");
    } else if (result.path("routes").isEmpty()) {
      out.println(
          "No message of translate, fan-out or deliver passes these files: nothing to compare.");
    }
    for (JsonNode route : result.path("routes")) {
      out.println();
      printRoute(route);
    }
    out.println();
    out.println(
        "Nothing was sent or stored. The vendors' responses are those of samples/answers/.");
  }

  private void printRoute(JsonNode route) {
    JsonNode messages = route.path("messages");
    String name = text(route, "route");
    if (messages.isEmpty()) {
      out.println(nothingCompared(route, name));
      return;
    }
    long different = messages.valueStream().filter(it -> !it.path("changes").isEmpty()).count();
    out.printf(
        "%s: the change affects %d of the last %s%n",
        name, different, ConsoleFormat.count(Math.min(messages.size(), limit), "message"));
    Set<List<String>> shown = new HashSet<>();
    for (JsonNode message : messages) {
      if (!message.path("changes").isEmpty()) {
        printMessage(message, shown);
      }
    }
  }

  private static String nothingCompared(JsonNode route, String name) {
    String topic = text(route, "topic");
    if (route.path("available").asInt() > 0) {
      return "%s: none of the last %d messages passes these files"
          .formatted(name, route.path("available").asInt());
    }
    return topic.isEmpty()
        ? "%s: no messages yet. ./relay preview FILE tries a sample".formatted(name)
        : ("%s: no messages on %s yet. A spec with given: {message: …} checks the route;"
                + " ./relay preview --topic %2$s FILE tries a sample")
            .formatted(name, topic);
  }

  private void printMessage(JsonNode message, Set<List<String>> shown) {
    List<String> lines = lines(message.path("changes"));
    boolean first = shown.add(lines);
    out.printf(
        "  %s, %s%s%s%n",
        text(message, "about"),
        ConsoleFormat.time(text(message, "at")),
        message.path("dead").asBoolean() ? ": would be dead" : "",
        first ? "" : ": the same difference");
    if (first) {
      lines.stream().limit(MAX_LINES).forEach(out::println);
      if (lines.size() > MAX_LINES) {
        out.printf("    … %d more; --json shows all%n", lines.size() - MAX_LINES);
      }
    }
  }

  /**
   * The lines of the changes. A delivery that exists on one side only has one line, its outcome.
   */
  private static List<String> lines(JsonNode changes) {
    Set<String> oneSidedDeliveries = new HashSet<>();
    for (JsonNode change : changes) {
      String path = text(change, "path");
      if (path.endsWith(OUTCOME) && change.has("before") != change.has("after")) {
        oneSidedDeliveries.add(path.substring(0, path.length() - OUTCOME.length() + 1));
      }
    }
    List<String> lines = new ArrayList<>();
    for (JsonNode change : changes) {
      String path = text(change, "path");
      if (path.endsWith(OUTCOME) || oneSidedDeliveries.stream().noneMatch(path::startsWith)) {
        line("-", change, "before", lines);
        line("+", change, "after", lines);
      }
    }
    return lines;
  }

  private static void line(String sign, JsonNode change, String side, List<String> lines) {
    if (change.has(side)) {
      String value = shortened(text(change, side));
      lines.add("    %s %s: %s".formatted(sign, text(change, "path"), value));
    }
  }

  private static String shortened(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }

  private static String text(JsonNode node, String name) {
    return TerminalText.clean(node.path(name).asText(""));
  }
}
