package org.solarrelay.routes.lint;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.solarrelay.event.CustomEventTypes;
import org.solarrelay.event.InvalidMessageException;

/** A file that adds an event type. */
final class EventSchemaFile {

  private static final Pattern LINE = Pattern.compile("line (\\d+)");

  private EventSchemaFile() {}

  /** What is wrong with it, if anything is. */
  static Optional<Problem> problem(String name, String text) {
    try {
      CustomEventTypes.check(name, text);
      return Optional.empty();
    } catch (InvalidMessageException e) {
      Matcher line = LINE.matcher(e.getMessage());
      String fix = "docs/edit-a-route.md shows how a type is added";
      return Optional.of(
          new Problem(
              name, line.find() ? Integer.parseInt(line.group(1)) : 1, 1, e.getMessage(), fix));
    }
  }
}
