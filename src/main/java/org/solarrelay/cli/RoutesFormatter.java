package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Prints the response of {@code GET /api/routes}. */
final class RoutesFormatter {

  private final PrintWriter out;
  private final ConsoleFormat format;

  RoutesFormatter(PrintWriter out, ConsoleFormat format) {
    this.out = out;
    this.format = format;
  }

  /** The number of rejected files. */
  static long rejected(JsonNode overview) {
    return files(overview, "rejected").count();
  }

  /** The number of files that are still being checked. */
  static long checking(JsonNode overview) {
    return files(overview, "checking").count();
  }

  private static Stream<JsonNode> files(JsonNode overview, String state) {
    return StreamSupport.stream(overview.path("files").spliterator(), false)
        .filter(file -> hasState(state, file));
  }

  void print(JsonNode overview) {
    Map<String, String> changed = changed(overview.path("files"));
    TextTable table =
        new TextTable("ROUTE", "STATE", "CHANGED", "MESSAGES", "FAILED", "LATELY", "LAST FAILURE");
    for (JsonNode route : overview.path("routes")) {
      table.add(row(route, changed.getOrDefault(text(route, "file"), "")));
    }
    table.print(out, "STATE", format::state);
    out.println();
    for (JsonNode route : overview.path("routes")) {
      if (route.hasNonNull("problem")) {
        out.printf("%s: %s%n", text(route, "id"), text(route, "problem"));
      }
    }
    for (JsonNode file : overview.path("files")) {
      findings(file);
      if (file.hasNonNull("reverted")) {
        out.printf(
            "reverted %s by %s at %s: the file in the folder differs and is not used until it changes%n",
            text(file, "path"),
            text(file.path("reverted"), "by"),
            ConsoleFormat.time(text(file.path("reverted"), "at")));
      }
    }
    int files = overview.path("files").size();
    long checking = checking(overview);
    out.printf(
        "%s, %d rejected%s%n",
        ConsoleFormat.count(files, "file"),
        rejected(overview),
        checking == 0
            ? ""
            : ", %d being checked: the previous versions stay in force".formatted(checking));
    out.flush();
  }

  private void findings(JsonNode file) {
    if (hasState("checking", file)) {
      out.printf("%s %s%n", format.state("checking", 0), text(file, "path"));
      return;
    }
    if (hasState("rejected", file)) {
      problems("rejected", file, "problems");
    }
    if (!file.path("warnings").isEmpty()) {
      problems("in force, but a spec fails:", file, "warnings");
    }
  }

  /** Prints the versions of a file. */
  void versions(JsonNode list) {
    TextTable table = new TextTable("VERSION", "IN FORCE AT", "NOW", "LINES");
    for (JsonNode version : list.path("items")) {
      table.add(
          List.of(
              text(version, "version"),
              ConsoleFormat.time(text(version, "inForceAt")),
              version.path("inForce").asBoolean() ? "in force" : "",
              String.valueOf(version.path("text").asText().lines().count())));
    }
    table.print(out);
  }

  /** Prints the result of a revert. */
  void reverted(JsonNode revert) {
    String file = text(revert, "file");
    out.printf(
        "%s: version %s of %s is %s%n",
        file,
        text(revert, "version"),
        ConsoleFormat.time(text(revert, "inForceAt")),
        revert.path("inForce").asBoolean()
            ? "in force"
            : "not in force yet; ./relay routes says why");
    out.println(
        revert.path("written").asBoolean()
            ? "It is written into the relay's folder of routes."
            : "The relay's folder of routes is mounted or cannot be written: all pods use this version until the"
                + " content of the file there changes. Change it where it comes from as well.");
    out.flush();
  }

  private void problems(String state, JsonNode file, String list) {
    out.printf("%s %s%n", format.state(state, 0), text(file, "path"));
    for (JsonNode problem : file.path(list)) {
      out.printf(
          "  %s:%s: %s. %s%n",
          text(problem, "file"),
          text(problem, "line"),
          text(problem, "problem"),
          text(problem, "mend"));
    }
  }

  private static Map<String, String> changed(JsonNode files) {
    Map<String, String> changed = new HashMap<>();
    for (JsonNode file : files) {
      if (file.hasNonNull("changedAt")) {
        changed.put(text(file, "path"), ConsoleFormat.time(text(file, "changedAt")));
      }
    }
    return changed;
  }

  private static List<String> row(JsonNode route, String changed) {
    JsonNode exchanges = route.path("exchanges");
    return List.of(
        text(route, "id"),
        text(route, "state"),
        changed,
        text(exchanges, "exchanges"),
        text(exchanges, "failures"),
        "%s of %s".formatted(text(exchanges, "recentFailures"), text(exchanges, "recentExchanges")),
        text(exchanges, "lastFailure"));
  }

  private static boolean hasState(String state, JsonNode file) {
    return file.path("state").asText().equals(state);
  }

  private static String text(JsonNode node, String name) {
    return TerminalText.clean(node.path(name).asText(""));
  }
}
