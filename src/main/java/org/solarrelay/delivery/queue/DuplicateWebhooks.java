package org.solarrelay.delivery.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.solarrelay.event.Event;

/** Writes, under the receipt of a duplicate webhook, which event it is a duplicate of. */
final class DuplicateWebhooks implements AutoCloseable {

  private static final String INSERT =
      """
      insert into set_aside (id, stage, source, state, reason, at)
      select ?, 'fan-out', e.source, 'skipped',
        'duplicate of event ' || e.id || ', which has its own receipt', ?
      from event e where e.source = ? and e.id = ? and e.receipt is distinct from ?
      on conflict (id) do update
      set state = excluded.state, reason = excluded.reason, recorded_at = now()
      where set_aside.state = 'resent'
      """;

  private final PreparedStatement insert;

  DuplicateWebhooks(Connection connection) throws SQLException {
    this.insert = connection.prepareStatement(INSERT);
  }

  /**
   * Adds a webhook. Nothing is written where the event has its receipt: then it is no duplicate.
   *
   * @param id of the event as which it goes on
   */
  void add(String id, Event event) throws SQLException {
    if (event.receipt() != null) {
      insert.setString(1, event.receipt());
      insert.setObject(2, event.time());
      insert.setString(3, event.source());
      insert.setString(4, id);
      insert.setString(5, event.receipt());
      insert.addBatch();
    }
  }

  /** Writes them; the events come first. */
  void write() throws SQLException {
    insert.executeBatch();
  }

  @Override
  public void close() throws SQLException {
    insert.close();
  }
}
