package org.solarrelay.console;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.solarrelay.ops.access.ApiProblem;

/**
 * The fields of a filter's form that are not empty, as the address of a page holds them.
 *
 * @param values by the names of their query parameters
 */
public record FilterFields(Map<String, String> values) {

  private static final Pattern LOCAL_TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d)?");

  /** A form without fields. */
  static FilterFields none() {
    return new FilterFields(Map.of());
  }

  /** A field's text without spaces at its ends; null for an empty field. */
  static String present(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /**
   * A number of up to 18 digits.
   *
   * @throws ApiProblem 400 that names the parameter, for any other text
   */
  static long number(String name, String text) {
    if (text == null || !text.matches("\\d{1,18}")) {
      throw new ApiProblem(400, "Bad Request", name + " is a number");
    }
    return Long.parseLong(text);
  }

  /** A time with offset. A form sends a time without offset, which is in UTC. */
  static String time(String text) {
    String time = present(text);
    return time != null && LOCAL_TIME.matcher(time).matches() ? time + "Z" : time;
  }

  /**
   * Adds a field.
   *
   * @param value null leaves it out
   */
  FilterFields with(String name, String value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new FilterFields(more);
  }

  /** The value of a field of the form; empty where the filter has none. */
  public String field(String name) {
    return values.getOrDefault(name, "");
  }

  /** A time as the form's field takes it: in UTC, without an offset. */
  public String localTime(String name) {
    String time = field(name);
    return time.endsWith("Z") ? time.substring(0, time.length() - 1) : time;
  }

  /** The query of a page with this filter, without a question mark. */
  public String query() {
    return values.entrySet().stream()
        .map(field -> field.getKey() + "=" + ConsoleText.urlEncoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }
}
