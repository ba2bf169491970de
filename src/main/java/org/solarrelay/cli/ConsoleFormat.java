package org.solarrelay.cli;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** Formats states, times and counts for a terminal, with colours if picocli enables them. */
final class ConsoleFormat {

  private static final Map<String, String> COLOURS =
      Map.of(
          "delivered", "green",
          "skipped", "faint",
          "pending", "yellow",
          "running", "yellow",
          "held", "magenta",
          "dead", "red",
          "ok", "green",
          "started", "green",
          "rejected", "red");

  private final Ansi ansi;

  ConsoleFormat(Ansi ansi) {
    this.ansi = ansi;
  }

  /** A state in its colour, padded to the width. */
  String state(String state, int width) {
    String padded = ("%-" + Math.max(width, 1) + "s").formatted(TerminalText.clean(state));
    String colour = COLOURS.get(state);
    return colour == null ? padded : ansi.string("@|" + colour + " " + padded + "|@");
  }

  /** A time of the API, in UTC, to the second. */
  static String time(String time) {
    return DateTimeFormatter.ISO_INSTANT.format(
        OffsetDateTime.parse(time).truncatedTo(ChronoUnit.SECONDS));
  }

  /** {@code 1 event}, {@code 2 events}; {@code 2 deliveries}. */
  static String count(long number, String noun) {
    String plural = noun.endsWith("y") ? noun.replaceFirst("y$", "ies") : noun + "s";
    return number + " " + (number == 1 ? noun : plural);
  }
}
