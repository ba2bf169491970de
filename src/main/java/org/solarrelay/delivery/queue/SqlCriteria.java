package org.solarrelay.delivery.queue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** SQL conditions that a row has to meet, all of them, with the values of their question marks. */
record SqlCriteria(List<String> conditions, List<Object> values) {

  static final SqlCriteria NONE = new SqlCriteria(List.of(), List.of());

  /** Adds a condition; one of whose values is null is left out. */
  SqlCriteria and(String condition, Object... itsValues) {
    if (Arrays.stream(itsValues).anyMatch(Objects::isNull)) {
      return this;
    }
    List<String> moreConditions = new ArrayList<>(conditions);
    moreConditions.add(condition);
    List<Object> moreValues = new ArrayList<>(values);
    moreValues.addAll(Arrays.asList(itsValues));
    return new SqlCriteria(moreConditions, moreValues);
  }

  /** Adds that a column contains the text, upper and lower case alike; null is left out. */
  SqlCriteria andContains(String column, String text) {
    return text == null ? this : and(column + " ilike ?", "%" + escaped(text) + "%");
  }

  /** A where clause; empty without conditions. */
  String where() {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  /** The values, followed by others. */
  List<Object> valuesAnd(Object... others) {
    List<Object> all = new ArrayList<>(values);
    all.addAll(Arrays.asList(others));
    return all;
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }
}
