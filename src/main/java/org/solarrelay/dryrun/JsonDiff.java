package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Compares JSON with what a spec expects. Fields that the spec does not name are ignored. An
 * expected null means that the field is missing; {@code {$matches: …}} expects a text that matches
 * a regular expression.
 */
final class JsonDiff {

  private static final String MATCHES = "$matches";

  private JsonDiff() {}

  /**
   * @param path the path of {@code actual}, with which each line begins
   * @return one line per difference
   */
  static List<String> lines(String path, JsonNode expected, JsonNode actual) {
    List<String> lines = new ArrayList<>();
    compare(path, expected, actual, lines);
    return lines;
  }

  private static void compare(String path, JsonNode expected, JsonNode actual, List<String> lines) {
    boolean absent = actual == null || actual.isMissingNode() || actual.isNull();
    if (expected.isNull() && absent) {
      return;
    }
    if (expected.isNull()) {
      lines.add("%s: expected none, was %s".formatted(path, text(actual)));
    } else if (absent) {
      lines.add("%s: expected %s, was not there".formatted(path, text(expected)));
    } else if (expected.has(MATCHES)) {
      compareText(path, expected.path(MATCHES).asText(), actual, lines);
    } else if (expected.isObject() && actual.isObject()) {
      expected
          .properties()
          .forEach(
              it ->
                  compare(path + "." + it.getKey(), it.getValue(), actual.get(it.getKey()), lines));
    } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
      for (int i = 0; i < expected.size(); i++) {
        compare("%s[%d]".formatted(path, i), expected.get(i), actual.get(i), lines);
      }
    } else if (!same(expected, actual)) {
      lines.add("%s: expected %s, was %s".formatted(path, text(expected), text(actual)));
    }
  }

  private static void compareText(
      String path, String pattern, JsonNode actual, List<String> lines) {
    if (!Pattern.compile(pattern, Pattern.DOTALL).matcher(actual.asText()).find()) {
      lines.add("%s: expected to match %s, was %s".formatted(path, pattern, text(actual)));
    }
  }

  private static boolean same(JsonNode expected, JsonNode actual) {
    return expected.isNumber() && actual.isNumber()
        ? expected.decimalValue().compareTo(actual.decimalValue()) == 0
        : expected.equals(actual);
  }

  private static String text(JsonNode node) {
    return node.toString();
  }
}
