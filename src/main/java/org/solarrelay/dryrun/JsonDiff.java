package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where JSON is not as it is expected. Of an object only the fields that are expected count, null
 * means that there is none, and {@code {$matches: …}} asks for a text that fits a pattern.
 */
final class JsonDiff {

  private static final String MATCHES = "$matches";

  private JsonDiff() {}

  /**
   * @param path of {@code actual}, for the lines
   * @return one line per difference; none where it is as expected
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
      lines.add("%s: expected none, was %s".formatted(path, shown(actual)));
    } else if (absent) {
      lines.add("%s: expected %s, was not there".formatted(path, shown(expected)));
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
      lines.add("%s: expected %s, was %s".formatted(path, shown(expected), shown(actual)));
    }
  }

  private static void compareText(
      String path, String pattern, JsonNode actual, List<String> lines) {
    if (!Pattern.compile(pattern, Pattern.DOTALL).matcher(actual.asText()).find()) {
      lines.add("%s: expected to match %s, was %s".formatted(path, pattern, shown(actual)));
    }
  }

  private static boolean same(JsonNode expected, JsonNode actual) {
    return expected.isNumber() && actual.isNumber()
        ? expected.decimalValue().compareTo(actual.decimalValue()) == 0
        : expected.equals(actual);
  }

  private static String shown(JsonNode node) {
    return node.toString();
  }
}
