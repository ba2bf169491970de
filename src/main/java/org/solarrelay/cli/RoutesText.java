package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Tells a person what {@code GET /api/routes} answers. */
final class RoutesText {

  private final PrintWriter out;
  private final Paint paint;

  RoutesText(PrintWriter out, Paint paint) {
    this.out = out;
    this.paint = paint;
  }

  /** How many files are not used as they are. */
  static long rejected(JsonNode overview) {
    return StreamSupport.stream(overview.path("files").spliterator(), false)
        .filter(RoutesText::isRejected)
        .count();
  }

  void tell(JsonNode overview) {
    Map<String, String> changed = changed(overview.path("files"));
    Table table =
        new Table("ROUTE", "STATE", "CHANGED", "MESSAGES", "FAILED", "LATELY", "LAST FAILURE");
    for (JsonNode route : overview.path("routes")) {
      table.add(row(route, changed.getOrDefault(text(route, "file"), "")));
    }
    table.print(out, (column, cell, width) -> column == 1 ? paint.state(cell, width) : null);
    out.println();
    for (JsonNode file : overview.path("files")) {
      if (isRejected(file)) {
        rejection(file);
      }
    }
    int files = overview.path("files").size();
    out.printf("%s, %d rejected%n", Paint.count(files, "file"), rejected(overview));
    out.flush();
  }

  private void rejection(JsonNode file) {
    out.printf("%s %s%n", paint.state("rejected", 0), text(file, "path"));
    for (JsonNode problem : file.path("problems")) {
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
        changed.put(text(file, "path"), Paint.time(text(file, "changedAt")));
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

  private static boolean isRejected(JsonNode file) {
    return file.path("state").asText().equals("rejected");
  }

  private static String text(JsonNode node, String name) {
    return Plain.text(node.path(name).asText(""));
  }
}
