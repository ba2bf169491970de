package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.solarrelay.event.CustomEventTypes;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;

/** A file that adds an event type. */
final class EventSchemaFile {

  private static final Pattern PLACE = Pattern.compile("line (\\d+)(?:, column (\\d+))?");
  private static final Pattern TOPIC = Pattern.compile("\"x-topic\"\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern NO_FILE = Pattern.compile("classpath:schemas/([\\w.-]+)");
  private static final Pattern NO_PART = Pattern.compile("Reference (\\S+) cannot be resolved");
  private static final List<String> SHARED =
      List.of("project.schema.json", "lead.schema.json", "common.schema.json");

  private EventSchemaFile() {}

  /** What is wrong with it, if anything is. */
  static Optional<Problem> problem(String name, String text) {
    try {
      CustomEventTypes.check(name, text);
      return Optional.empty();
    } catch (InvalidMessageException e) {
      return Optional.of(problem(name, text, e.getMessage()));
    }
  }

  private static Problem problem(String name, String text, String message) {
    String fix = "docs/edit-a-route.md shows how a type is added";
    Matcher file = NO_FILE.matcher(message);
    if (file.find()) {
      return Problem.at(
          name,
          text,
          Math.max(0, text.indexOf(file.group(1))),
          "the program has no schema %s".formatted(file.group(1)),
          SpellingSuggestion.hint(file.group(1), SHARED));
    }
    Matcher part = NO_PART.matcher(message);
    if (part.find()) {
      int at = text.indexOf("#" + part.group(1));
      return Problem.at(
          name, text, Math.max(0, at), "there is no #%s".formatted(part.group(1)), fix);
    }
    Matcher topic = TOPIC.matcher(text);
    if (message.startsWith("\"x-topic\"") && topic.find()) {
      return Problem.at(
          name, text, topic.start(1), message, SpellingSuggestion.hint(topic.group(1), topics()));
    }
    Matcher place = PLACE.matcher(message);
    int line = place.find() ? Integer.parseInt(place.group(1)) : 1;
    int column = line > 1 && place.group(2) != null ? Integer.parseInt(place.group(2)) : 1;
    return new Problem(name, line, column, message, fix);
  }

  private static Set<String> topics() {
    Set<String> topics = new TreeSet<>();
    for (EventType type : EventType.values()) {
      topics.add(type.topic());
    }
    return topics;
  }
}
