package org.solarrelay.cli;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** How what the relay knows is shown to a person; in colours only where those are wanted. */
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

  /** A state, filled up with spaces to that width. */
  String state(String state, int width) {
    String filled = ("%-" + Math.max(width, 1) + "s").formatted(TerminalText.text(state));
    String colour = COLOURS.get(state);
    return colour == null ? filled : ansi.string("@|" + colour + " " + filled + "|@");
  }

  /** A time of the API, to the second. */
  static String time(String time) {
    return DateTimeFormatter.ISO_INSTANT.format(
        OffsetDateTime.parse(time).truncatedTo(ChronoUnit.SECONDS));
  }

  /** {@code 1 event}, {@code 2 events}; {@code 2 deliveries}. */
  static String count(long number, String what) {
    String many = what.endsWith("y") ? what.replaceFirst("y$", "ies") : what + "s";
    return number + " " + (number == 1 ? what : many);
  }
}
