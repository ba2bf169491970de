package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.solarrelay.config.ReloadableConfig;

/**
 * Whether deliveries that come back into the queue, replayed or approved, have been overtaken: a
 * later event of the record that sets the same ({@link org.solarrelay.event.StateScope}) has
 * reached the destination. At a destination of one state each event that has one sets the same, and
 * one that was skipped only after the destination was asked has found it there.
 */
@Singleton
class SupersededCheck {

  // a message that was replayed before it became an event has its place by time, not by id
  private static final String LATER =
      """
      select distinct on (d.id) d.id, l.event_id
      from delivery d
        join event e on e.source = d.source and e.id = d.event_id
        join delivery l on l.record = d.record and l.destination = d.destination and l.id <> d.id
        join event le on le.source = l.source and le.id = l.event_id
      where d.id = any (?) and e.facets <> '{}'
        and case when e.late or le.late then le.happened_at > e.happened_at else l.id > d.id end
        and case when d.destination = any (?) then le.facets <> '{}' and (l.state = 'delivered'
            or l.state = 'skipped' and l.status between 200 and 299)
          else le.facets && e.facets and l.state = 'delivered' end
      order by d.id, l.id desc
      """;

  private final ReloadableConfig live;

  SupersededCheck(ReloadableConfig live) {
    this.live = live;
  }

  private String[] ofOneState() {
    return live.destinations().entrySet().stream()
        .filter(destination -> destination.getValue().oneState())
        .map(Map.Entry::getKey)
        .toArray(String[]::new);
  }

  /** Of these deliveries the overtaken ones, each with the reason to skip it. */
  Map<Long, String> reasons(Connection connection, Collection<Long> ids) throws SQLException {
    Map<Long, String> reasons = new HashMap<>();
    if (ids.isEmpty()) {
      return reasons;
    }
    Array asked = connection.createArrayOf("bigint", ids.toArray());
    try (PreparedStatement select = connection.prepareStatement(LATER)) {
      select.setArray(1, asked);
      select.setArray(2, connection.createArrayOf("text", ofOneState()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          reasons.put(row.getLong("id"), "superseded by event " + row.getString("event_id"));
        }
      }
    }
    return reasons;
  }
}
