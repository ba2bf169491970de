package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Lets held deliveries go, or not. */
@Singleton
public class DeliveryApprovals {

  private static final String APPROVE =
      """
      update delivery set state = 'pending', approved_at = now(), due_at = now(), late = true
      where id = ? and state = 'held' returning state
      """;

  private static final String SKIP =
      """
      with ended as (
        update delivery set state = 'skipped', reason = ?, finished_at = now()
        where id = ? and state = 'held' returning id, state),
      untold as (insert into unannounced select id from ended)
      select state from ended
      """;

  private final DataSource database;
  private final DeliveryQueue queue;
  private final SupersededCheck superseding;

  DeliveryApprovals(DataSource database, DeliveryQueue queue, SupersededCheck superseding) {
    this.database = database;
    this.queue = queue;
    this.superseding = superseding;
  }

  /**
   * Lets the delivery be tried again with approval; where a later event has taken its place
   * meanwhile, skips it as superseded.
   *
   * @return the state it has now; empty where no such delivery is held
   */
  public Optional<DeliveryState> approve(long id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      String reason = superseding.reasons(connection, List.of(id)).get(id);
      Optional<DeliveryState> state =
          reason == null ? change(connection, APPROVE, id) : change(connection, SKIP, reason, id);
      queue.wakeWorkers();
      return state;
    }
  }

  /** Ends the delivery as skipped; returns as {@link #approve}. */
  public Optional<DeliveryState> decline(long id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return change(connection, SKIP, "declined by an operator", id);
    }
  }

  private static Optional<DeliveryState> change(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      try (ResultSet row = update.executeQuery()) {
        return row.next() ? DeliveryState.of(row.getString(1)) : Optional.empty();
      }
    }
  }
}
