package org.solarrelay.routes.lint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.solarrelay.event.CustomEventTypes;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;

/** Checks a schema file that adds an event type. */
final class EventSchemaFile {

  private static final Pattern PLACE = Pattern.compile("line (\\d+)(?:, column (\\d+))?");
  private static final Pattern TOPIC = Pattern.compile("\"x-topic\"\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern MISSING_FILE = Pattern.compile("classpath:schemas/([\\w.-]+)");
  private static final Pattern MISSING_PART =
      Pattern.compile("Reference (\\S+) cannot be resolved");

  /** One wrong letter is tolerated for each four letters of a key. */
  private static final int LETTERS_PER_TYPO = 4;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> KEYWORDS =
      Set.of(
          "title",
          "description",
          "examples",
          "default",
          "deprecated",
          "properties",
          "required",
          "patternProperties",
          "additionalProperties",
          "unevaluatedProperties",
          "propertyNames",
          "minProperties",
          "maxProperties",
          "dependentRequired",
          "dependentSchemas",
          "items",
          "prefixItems",
          "contains",
          "minItems",
          "maxItems",
          "uniqueItems",
          "format",
          "pattern",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "multipleOf",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "const",
          "allOf",
          "anyOf",
          "oneOf",
          "errorMessage");

  private static final List<String> SHARED =
      List.of("project.schema.json", "lead.schema.json", "common.schema.json");

  private EventSchemaFile() {}

  /** The problem of the file; empty if it is valid. */
  static Optional<Problem> problem(String name, String text) {
    try {
      CustomEventTypes.check(name, text);
      return misspeltKeyword(name, text);
    } catch (InvalidMessageException e) {
      return Optional.of(problem(name, text, e.getMessage()));
    }
  }

  private static Problem problem(String name, String text, String message) {
    String fix = "docs/edit-a-route.md shows how a type is added";
    Matcher file = MISSING_FILE.matcher(message);
    if (file.find()) {
      return Problem.at(
          name,
          text,
          Math.max(0, text.indexOf(file.group(1))),
          "the program has no schema %s".formatted(file.group(1)),
          SpellingSuggestion.hint(file.group(1), SHARED));
    }
    Matcher part = MISSING_PART.matcher(message);
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

  /**
   * A key of the outermost object that resembles a keyword. JSON Schema ignores unknown keys, so
   * the misspelt check would never be made.
   */
  private static Optional<Problem> misspeltKeyword(String name, String text) {
    for (String key : keys(text)) {
      Optional<String> suggestion =
          KEYWORDS.contains(key)
              ? Optional.empty()
              : SpellingSuggestion.of(key, KEYWORDS, key.length() / LETTERS_PER_TYPO);
      if (suggestion.isPresent()) {
        return Optional.of(
            Problem.at(
                name,
                text,
                Math.max(0, text.indexOf("\"%s\"".formatted(key))),
                "JSON Schema has no keyword \"%s\"".formatted(key),
                "Did you mean \"%s\"?".formatted(suggestion.get())));
      }
    }
    return Optional.empty();
  }

  /** The keys of the outermost object; empty if the text is not JSON. */
  private static List<String> keys(String text) {
    try {
      List<String> keys = new ArrayList<>();
      JSON.readTree(text).fieldNames().forEachRemaining(keys::add);
      return keys;
    } catch (JsonProcessingException e) {
      return List.of();
    }
  }

  private static Set<String> topics() {
    Set<String> topics = new TreeSet<>();
    for (EventType type : EventType.values()) {
      topics.add(type.topic());
    }
    return topics;
  }
}
