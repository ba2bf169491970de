package org.solarrelay.delivery;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Which deliveries an operator asks for; null leaves a criterion out.
 *
 * @param since those created at or after
 */
record DeliveryFilter(String state, String destination, String subject, OffsetDateTime since) {

  /**
   * A SQL condition, empty where nothing is asked for.
   *
   * @param before the id to page on from, null for the first page
   * @param values gets the condition's values, in order
   */
  String where(Long before, List<Object> values) {
    List<String> criteria = new ArrayList<>();
    add(criteria, values, "d.state = ?", state);
    add(criteria, values, "d.destination = ?", destination);
    add(criteria, values, "e.subject = ?", subject);
    add(criteria, values, "d.created_at >= ?", since);
    add(criteria, values, "d.id < ?", before);
    return criteria.isEmpty() ? "" : " where " + String.join(" and ", criteria);
  }

  private static void add(
      List<String> criteria, List<Object> values, String criterion, Object value) {
    if (value != null) {
      criteria.add(criterion);
      values.add(value);
    }
  }
}
