package org.solarrelay.delivery.queue;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Which deliveries an operator asks for; null leaves a criterion out.
 *
 * @param among the destinations that come into question
 * @param since those created at or after
 */
public record DeliveryFilter(
    Long id,
    String state,
    String destination,
    List<String> among,
    String subject,
    OffsetDateTime since) {

  // Ids grow with time but for the transactions that overlap, and none takes a minute. So a
  // delivery
  // of the first event from a minute before bounds the ids, and the index on them serves for times
  // as well. It need not be the first delivery of its batch, nor of batches that other pods record
  // at the same time: the bound is lower than its id by more than they hold.
  private static final String FIRST_ID =
      """
      d.id >= coalesce((
        select first.id - 10000 from event e1
          join delivery first on first.source = e1.source and first.event_id = e1.id
        where e1.recorded_at >= ?::timestamptz - interval '1 min'
        order by e1.recorded_at limit 1), 9223372036854775807)\
      """;

  /** One delivery. */
  public static DeliveryFilter one(long id, String state) {
    return new DeliveryFilter(id, state, null, null, null, null);
  }

  /**
   * A SQL condition, empty where nothing is asked for.
   *
   * @param before the id to page on from, null for the first page
   * @param values gets the condition's values, in order
   */
  String where(Long before, List<Object> values) {
    List<String> criteria = new ArrayList<>();
    add(criteria, values, "d.id = ?", id);
    add(criteria, values, "d.state = ?", state);
    add(criteria, values, "d.destination = ?", destination);
    add(criteria, values, "d.destination = any (?)", among);
    add(criteria, values, "e.subject = ?", subject);
    add(criteria, values, "d.created_at >= ?", since);
    add(criteria, values, FIRST_ID, since);
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
