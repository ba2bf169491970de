package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.database.Sql;

/**
 * Finds deliveries that a later event has superseded, before they return to the queue by a replay
 * or an approval. A delivery is superseded where the destination has accepted a later event of the
 * record that sets the same fields ({@link org.solarrelay.event.StateScope}).
 *
 * <p>A destination with one state per record differs in two ways. A later event that sets a state
 * supersedes every earlier one. An event that was skipped after a 2xx response counts as accepted,
 * because the destination already had that state.
 */
@Singleton
class SupersededCheck {

  // an event of a replayed message is ordered by its time, because its id is too young
  private static final Sql SUPERSEDED =
      Sql.of(
          """
          select distinct on (d.id) d.id, l.event_id
          from delivery d
            join event e on e.source = d.source and e.id = d.event_id
            join delivery_ledger l
              on l.record = d.record and l.destination = d.destination and l.id <> d.id
            join event le on le.source = l.source and le.id = l.event_id
          where d.id = any (:deliveries) and e.facets <> '{}'
            and case when e.late or le.late
              then le.happened_at > e.happened_at else l.id > d.id end
            and case when d.destination = any (:oneState)
              then le.facets <> '{}' and (l.state = 'delivered'
                or l.state = 'skipped' and l.status between 200 and 299)
              else le.facets && e.facets and l.state = 'delivered' end
          order by d.id, l.id desc
          """);

  private final ReloadableConfig live;

  SupersededCheck(ReloadableConfig live) {
    this.live = live;
  }

  private List<String> destinationsOfOneState() {
    return live.destinations().entrySet().stream()
        .filter(destination -> destination.getValue().oneState())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The superseded deliveries among these, each with the reason to skip it. */
  Map<Long, String> reasons(Connection connection, Collection<Long> deliveries)
      throws SQLException {
    Map<Long, String> reasons = new HashMap<>();
    if (deliveries.isEmpty()) {
      return reasons;
    }
    SUPERSEDED.forEach(
        connection,
        parameters ->
            parameters
                .bigints("deliveries", deliveries)
                .texts("oneState", destinationsOfOneState()),
        row -> reasons.put(row.getLong("id"), "superseded by event " + row.getString("event_id")));
    return reasons;
  }
}
