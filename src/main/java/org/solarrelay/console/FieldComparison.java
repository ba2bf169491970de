package org.solarrelay.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * The fields of a webhook, of its event and of the request to a vendor, side by side. Each system
 * has its own names, so a field stands beside the fields with the same value, or else with the same
 * name.
 *
 * @param rows the fields of the event in their order, then those that only the others have
 */
public record FieldComparison(List<Row> rows) {

  private static final int MOST_FIELDS = 500;
  private static final int LONGEST_VALUE = 500;

  /** A shorter value, such as {@code 1} or {@code CA}, does not identify a field. */
  private static final int SHORTEST_KEY = 3;

  private static final int PHONE_DIGITS = 10;
  private static final Pattern INDEX = Pattern.compile("\\[\\d+]");
  private static final Pattern PUNCTUATION = Pattern.compile("[^\\p{L}\\p{N}]");

  /**
   * A field.
   *
   * @param path such as {@code customer.phones[0]}
   * @param name the last part of the path, folded as {@code key} is, to compare
   * @param key the value without case, spaces and punctuation, to compare
   */
  public record Field(String path, String value, String name, String key) {

    private static Field of(String path, String value) {
      String last = path.substring(path.lastIndexOf('.') + 1);
      return new Field(path, value, folded(INDEX.matcher(last).replaceAll("")), folded(value));
    }

    private boolean hasValueOf(Field other) {
      return key.length() >= SHORTEST_KEY && (key.equals(other.key) || isSamePhone(key, other.key));
    }

    private boolean hasNameAndValueOf(Field other) {
      return hasNameOf(other) && key.equals(other.key);
    }

    private boolean hasNameOf(Field other) {
      return name.equals(other.name);
    }
  }

  /**
   * A row. A field is null where its document has none.
   *
   * @param differences in words; empty where all three have the same value
   */
  public record Row(Field came, Field event, Field sent, String differences) {}

  /**
   * @param came missing where the webhook is unknown
   * @param sent missing where no request is known
   */
  static FieldComparison of(JsonNode came, JsonNode event, JsonNode sent) {
    List<Field> events = fields(event);
    List<Field> cameFields = fields(came);
    List<Field> sentFields = fields(sent);
    Map<Field, Field> cameOf = matches(events, cameFields);
    Map<Field, Field> sentOf = matches(events, sentFields);
    List<Row> rows = new ArrayList<>();
    for (Field field : events) {
      Field origin = cameOf.get(field);
      Field result = sentOf.get(field);
      rows.add(new Row(origin, field, result, differences(origin, field, result, came, sent)));
    }
    cameFields.removeAll(cameOf.values());
    sentFields.removeAll(sentOf.values());
    Map<Field, Field> passed = matches(cameFields, sentFields);
    for (Field field : cameFields) {
      Field result = passed.get(field);
      rows.add(new Row(field, null, result, result == null ? "dropped" : "not in the event"));
    }
    sentFields.removeAll(passed.values());
    sentFields.forEach(field -> rows.add(new Row(null, null, field, "added")));
    return new FieldComparison(List.copyOf(rows));
  }

  private static String differences(
      Field origin, Field field, Field result, JsonNode came, JsonNode sent) {
    List<String> words = new ArrayList<>();
    if (!came.isMissingNode()) {
      if (origin == null) {
        words.add("added to the event");
      } else if (!origin.value().equals(field.value())) {
        words.add("changed in the event");
      }
    }
    if (!sent.isMissingNode()) {
      if (result == null) {
        words.add("not sent");
      } else if (!result.value().equals(field.value())) {
        words.add("changed when sent");
      }
    }
    return String.join(", ", words);
  }

  /** For each field, the matching field of the other document; each field matches at most one. */
  private static Map<Field, Field> matches(List<Field> fields, List<Field> others) {
    Map<Field, Field> matches = new LinkedHashMap<>();
    List<Field> free = new ArrayList<>(others);
    List<BiPredicate<Field, Field>> rules =
        List.of(Field::hasNameAndValueOf, Field::hasValueOf, Field::hasNameOf);
    for (BiPredicate<Field, Field> rule : rules) {
      for (Field field : fields) {
        if (!matches.containsKey(field)) {
          free.stream()
              .filter(other -> rule.test(field, other))
              .findFirst()
              .ifPresent(
                  other -> {
                    matches.put(field, other);
                    free.remove(other);
                  });
        }
      }
    }
    return matches;
  }

  private static List<Field> fields(JsonNode document) {
    List<Field> fields = new ArrayList<>();
    add("", document, fields);
    return fields;
  }

  private static void add(String path, JsonNode node, List<Field> fields) {
    if (node.isMissingNode() || fields.size() == MOST_FIELDS) {
      return;
    }
    if (node.isObject() && !node.isEmpty()) {
      node.properties()
          .forEach(
              one ->
                  add(
                      path.isEmpty() ? one.getKey() : path + "." + one.getKey(),
                      one.getValue(),
                      fields));
    } else if (node.isArray() && !node.isEmpty()) {
      for (int index = 0; index < node.size(); index++) {
        add(path + "[" + index + "]", node.get(index), fields);
      }
    } else {
      String value = node.isValueNode() ? node.asText() : node.toString();
      fields.add(Field.of(path, ConsoleText.cut(value, LONGEST_VALUE)));
    }
  }

  private static String folded(String text) {
    return PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
  }

  /** Whether both are phone numbers, one of them with its country code. */
  private static boolean isSamePhone(String one, String other) {
    return one.length() >= PHONE_DIGITS
        && other.length() >= PHONE_DIGITS
        && one.matches("\\d+")
        && other.matches("\\d+")
        && (one.endsWith(other) || other.endsWith(one));
  }
}
