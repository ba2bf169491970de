package org.solarrelay.delivery;

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

/**
 * Deliveries that came back into the queue behind later ones, at the moment they are taken. They
 * are first in line, but a later one of the same record may be under way or have ended meanwhile.
 */
@Singleton
class LateDeliveries {

  // a later one that is locked is being taken by another pod at this moment, which will call it
  private static final String UNDER_WAY =
      """
      with late as (select id, destination, record, match_key from delivery where id = any (?)),
      other as (
        select late.id as late, o.id from late
          join delivery o on o.record = late.record and o.destination = late.destination
          where o.id <> late.id and o.state in ('pending', 'running')
        union
        select late.id, o.id from late
          join delivery o on o.match_key = late.match_key and o.destination = late.destination
          where o.id <> late.id and o.state in ('pending', 'running')),
      waiting as (
        select id from delivery
        where id in (select id from other)
          and (state = 'pending' or state = 'running' and due_at <= now())
        for update skip locked)
      select distinct late from other where id not in (select id from waiting)
      """;

  private static final Duration UNTIL_THE_OTHER_IS_OVER = Duration.ofSeconds(1);

  private final Superseding superseding;

  LateDeliveries(Superseding superseding) {
    this.superseding = superseding;
  }

  /**
   * Those that may be tried. One whose record is being called is put back for a second: the two
   * must not reach the destination in any order.
   *
   * @param late just taken
   * @param over gets those that have been overtaken, as skipped
   */
  List<Delivery> whoseTurnItIs(Connection connection, List<Delivery> late, List<Attempt> over)
      throws SQLException {
    if (late.isEmpty()) {
      return late;
    }
    List<Long> ids = late.stream().map(Delivery::id).toList();
    // in this order: what ends between the two questions has then ended before the second
    Set<Long> blocked = underWay(connection, ids);
    Map<Long, String> overtaken = superseding.reasons(connection, ids);
    List<Delivery> allowed = new ArrayList<>();
    List<Delivery> postponed = new ArrayList<>();
    for (Delivery delivery : late) {
      if (overtaken.containsKey(delivery.id())) {
        over.add(new Attempt(delivery, Verdict.skipped(overtaken.get(delivery.id()))));
      } else {
        (blocked.contains(delivery.id()) ? postponed : allowed).add(delivery);
      }
    }
    AttemptRows.giveBack(connection, postponed, UNTIL_THE_OTHER_IS_OVER);
    return allowed;
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
