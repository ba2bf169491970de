package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Deliveries that are first in line although a later one may be under way, at the moment they are
 * taken: those that came back into the queue behind later ones of their record, which may also have
 * ended meanwhile, and those of one match key, since two pods that add some at the same moment may
 * commit in another order than they have numbered them.
 */
@Singleton
class OrderingGuard {

  // Another one that is locked is being taken by another pod at this moment, which will call it.
  // "offset 0" keeps each look-up by a key; the state of what has the same match key is an
  // expression, as in delivery_match, so that PostgreSQL does not read delivery_order for it.
  static final String UNDER_WAY =
      """
      with taken as (
        select id, destination, record, match_key, late from delivery where id = any (?)),
      other as (
        select t.id as taken, o.id from taken t cross join lateral (
          select id from delivery
          where record = t.record and destination = t.destination and id <> t.id
            and state in ('pending', 'running')
          offset 0) o
        where t.late
        union
        select t.id, o.id from taken t cross join lateral (
          select id from delivery
          where match_key = t.match_key and destination = t.destination and record <> t.record
            and state || '' in ('pending', 'running')
          offset 0) o),
      waiting as (
        select id from delivery
        where id in (select id from other)
          and (state = 'pending' or state = 'running' and due_at <= now())
        for update skip locked)
      select distinct taken from other where id not in (select id from waiting)
      """;

  private static final Duration UNTIL_THE_OTHER_IS_OVER = Duration.ofSeconds(1);

  private final SupersededCheck superseding;

  OrderingGuard(SupersededCheck superseding) {
    this.superseding = superseding;
  }

  /**
   * Those that may be tried. One whose record is being called is put back for a second: the two
   * must not reach the destination in any order.
   *
   * @param late just taken, having come back behind later ones
   * @param matched just taken, with a match key
   * @param over gets those that have been overtaken, as skipped
   */
  List<Delivery> without(
      Connection connection,
      List<Delivery> late,
      List<Delivery> matched,
      List<CompletedAttempt> over)
      throws SQLException {
    List<Delivery> taken = Stream.concat(late.stream(), matched.stream()).toList();
    if (taken.isEmpty()) {
      return taken;
    }
    // in this order: what ends between the two questions has then ended before the second
    Set<Long> blocked = underWay(connection, ids(taken));
    Map<Long, String> overtaken = superseding.reasons(connection, ids(late));
    List<Delivery> allowed = new ArrayList<>();
    List<Delivery> postponed = new ArrayList<>();
    for (Delivery delivery : taken) {
      if (overtaken.containsKey(delivery.id())) {
        over.add(
            new CompletedAttempt(delivery, AttemptResult.skipped(overtaken.get(delivery.id()))));
      } else {
        (blocked.contains(delivery.id()) ? postponed : allowed).add(delivery);
      }
    }
    AttemptRepository.giveBack(connection, postponed, UNTIL_THE_OTHER_IS_OVER);
    return allowed;
  }

  private static List<Long> ids(List<Delivery> deliveries) {
    return deliveries.stream().map(Delivery::id).toList();
  }

  private static Set<Long> underWay(Connection connection, List<Long> ids) throws SQLException {
    Set<Long> found = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(UNDER_WAY)) {
      select.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(row.getLong(1));
        }
      }
    }
    return found;
  }
}
