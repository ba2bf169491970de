package org.solarrelay.delivery.queue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * SQL conditions, all of which a row has to meet.
 *
 * @param values of the parameters in the conditions, by name
 */
record SqlCriteria(List<String> conditions, Map<String, Object> values) {

  /** Parameters whose values are never personal data. */
  private static final Set<String> IMPERSONAL =
      Set.of(
          "state",
          "destination",
          "type",
          "status",
          "since",
          "until",
          "stage",
          "source",
          "fingerprint");

  /** Parameters that no operator has given. */
  private static final Set<String> INTERNAL =
      Set.of("destinations", "ids", "before", "afterAt", "afterId");

  static final SqlCriteria NONE = new SqlCriteria(List.of(), Map.of());

  /** Adds a condition without parameters. */
  SqlCriteria and(String condition) {
    return and(condition, Map.of());
  }

  /** Adds a condition with one parameter; a condition whose value is null is left out. */
  SqlCriteria and(String condition, String name, Object value) {
    return value == null ? this : and(condition, Map.of(name, value));
  }

  /** Adds a condition with parameters, by name. */
  SqlCriteria and(String condition, Map<String, Object> parameters) {
    List<String> allConditions = new ArrayList<>(conditions);
    allConditions.add(condition);
    Map<String, Object> allValues = new LinkedHashMap<>(values);
    allValues.putAll(parameters);
    return new SqlCriteria(allConditions, allValues);
  }

  /**
   * Adds that a column contains a text, ignoring upper and lower case; null is left out.
   *
   * @param name of the parameter
   */
  SqlCriteria andContains(String column, String name, String text) {
    return text == null ? this : and(column + " ilike :" + name, name, "%" + escaped(text) + "%");
  }

  /** A where clause; empty without conditions. */
  String where() {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  /**
   * The parameters with their values, such as {@code state=dead, destination=flip}. A value that
   * may be personal data is {@code …}.
   */
  String summary() {
    return values.entrySet().stream()
        .filter(value -> !INTERNAL.contains(value.getKey()))
        .map(
            value ->
                value.getKey()
                    + "="
                    + (IMPERSONAL.contains(value.getKey()) ? value.getValue() : "…"))
        .collect(Collectors.joining(", "));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }
}
