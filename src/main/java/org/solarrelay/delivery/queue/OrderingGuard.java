package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.solarrelay.database.Sql;

/**
 * Keeps the order of a record when a pod takes deliveries. A taken delivery is the first of its
 * record, but another delivery of the record may be in flight in two cases:
 *
 * <ol>
 *   <li>A replay or an approval returned the delivery to the queue behind later ones of its record.
 *       A later one may also have superseded it.
 *   <li>Two pods added deliveries with the same match key at once, and committed them in another
 *       order than that of their ids.
 * </ol>
 */
@Singleton
class OrderingGuard {

  // A locked row is being taken by another pod at this moment, which will call its destination.
  // "offset 0" keeps each look-up by a key.
  static final Sql IN_FLIGHT =
      Sql.of(
          """
          with taken as (
            select id, destination, record, match_key, late from delivery_work
            where id = any (:deliveries)),
          other as (
            select t.id as taken, o.id from taken t cross join lateral (
              select id from delivery_work
              where record = t.record and destination = t.destination and id <> t.id
                and held is not true
              offset 0) o
            where t.late
            union
            select t.id, o.id from taken t cross join lateral (
              select id from delivery_work
              where match_key = t.match_key and destination = t.destination
                and record <> t.record and held is not true
              offset 0) o),
          waiting as (
            select id from delivery_work
            where id = any (array(select id from other)) and (leased_until is null or leased_until <= now())
            for update skip locked)
          select distinct taken from other where id not in (select id from waiting)
          """);

  private static final Duration POSTPONED = Duration.ofSeconds(1);

  private final SupersededCheck superseded;

  OrderingGuard(SupersededCheck superseded) {
    this.superseded = superseded;
  }

  /**
   * Selects the deliveries that may be attempted now. A delivery returns to the queue for a second
   * while another one of its record or match key is in flight.
   *
   * @param late deliveries that returned to the queue behind later ones
   * @param matched deliveries with a match key
   * @param ended receives the superseded deliveries, as skipped
   */
  List<Delivery> select(
      Connection connection,
      List<Delivery> late,
      List<Delivery> matched,
      List<CompletedAttempt> ended)
      throws SQLException {
    List<Delivery> taken = Stream.concat(late.stream(), matched.stream()).toList();
    if (taken.isEmpty()) {
      return taken;
    }
    // in this order, so that the second query sees deliveries that end between the two
    Set<Long> blocked = blocked(connection, ids(taken));
    Map<Long, String> reasons = superseded.reasons(connection, ids(late));
    List<Delivery> allowed = new ArrayList<>();
    List<Delivery> postponed = new ArrayList<>();
    for (Delivery delivery : taken) {
      if (reasons.containsKey(delivery.id())) {
        ended.add(
            new CompletedAttempt(delivery, AttemptResult.skipped(reasons.get(delivery.id()))));
      } else {
        (blocked.contains(delivery.id()) ? postponed : allowed).add(delivery);
      }
    }
    AttemptRepository.returnToQueue(connection, postponed, POSTPONED);
    return allowed;
  }

  private static List<Long> ids(List<Delivery> deliveries) {
    return deliveries.stream().map(Delivery::id).toList();
  }

  private static Set<Long> blocked(Connection connection, List<Long> deliveries)
      throws SQLException {
    return Set.copyOf(
        IN_FLIGHT.list(
            connection,
            parameters -> parameters.bigints("deliveries", deliveries),
            row -> row.getLong("taken")));
  }
}
