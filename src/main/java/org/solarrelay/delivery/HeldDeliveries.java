package org.solarrelay.delivery;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Lets held deliveries go, or not. */
@Singleton
class HeldDeliveries {

  // what was decided about a record since then must not be undone by something older
  private static final String APPROVE =
      """
      update delivery d
      set approved_at = now(), due_at = now(),
        state = case when later.event_id is null then 'pending' else 'skipped' end,
        reason = case when later.event_id is null then d.reason
          else 'superseded by event ' || later.event_id end,
        finished_at = case when later.event_id is null then null else now() end
      from (select 1) as one left join (
        select l.event_id from delivery l, delivery h
        where h.id = ? and l.destination = h.destination and l.record = h.record and l.id > h.id
          and l.state = 'delivered'
        order by l.id desc limit 1) as later on true
      where d.id = ? and d.state = 'held'
      returning d.state
      """;

  private static final String DECLINE =
      """
      update delivery set state = 'skipped', reason = 'declined by an operator', finished_at = now()
      where id = ? and state = 'held' returning state
      """;

  private final DataSource database;
  private final DeliveryQueue queue;

  HeldDeliveries(DataSource database, DeliveryQueue queue) {
    this.database = database;
    this.queue = queue;
  }

  /**
   * Lets the delivery be tried again with approval; where a later event of the record has reached
   * the destination meanwhile, skips it as superseded.
   *
   * @return the state it has now, null where no such delivery is held
   */
  String approve(long id) throws SQLException {
    String state = change(APPROVE, id, id);
    queue.wakeWorkers();
    return state;
  }

  /** Ends the delivery as skipped; returns as {@link #approve}. */
  String decline(long id) throws SQLException {
    return change(DECLINE, id);
  }

  private String change(String sql, long... ids) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < ids.length; i++) {
        update.setLong(i + 1, ids[i]);
      }
      try (ResultSet row = update.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    }
  }
}
