package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.solarrelay.database.Sql;

/** Approves and declines held deliveries. */
@Singleton
public class DeliveryApprovals {

  private static final Sql APPROVE =
      Sql.of(
          """
          update delivery
          set state = 'pending', approved_at = now(), due_at = now(), late = true
          where id = :id and state = 'held' returning state
          """);

  private static final Sql SKIP =
      Sql.of(
          """
          with ended as (
            update delivery set state = 'skipped', reason = :reason, finished_at = now()
            where id = :id and state = 'held' returning id, state),
          unpublished as (insert into unannounced select id from ended)
          select state from ended
          """);

  private final DataSource database;
  private final DeliveryQueue queue;
  private final SupersededCheck superseded;

  DeliveryApprovals(DataSource database, DeliveryQueue queue, SupersededCheck superseded) {
    this.database = database;
    this.queue = queue;
    this.superseded = superseded;
  }

  /**
   * Returns the delivery to the queue as approved, or skips it where a later event superseded it.
   *
   * @return the state it has now; empty where no such delivery is held
   */
  public Optional<DeliveryState> approve(long id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      String reason = superseded.reasons(connection, List.of(id)).get(id);
      Optional<DeliveryState> state =
          reason == null
              ? APPROVE.first(
                  connection, parameters -> parameters.set("id", id), DeliveryApprovals::state)
              : skip(connection, id, reason);
      queue.wakeWorkers();
      return state;
    }
  }

  /** Ends the delivery as skipped; returns as {@link #approve}. */
  public Optional<DeliveryState> decline(long id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return skip(connection, id, "declined by an operator");
    }
  }

  private static Optional<DeliveryState> skip(Connection connection, long id, String reason)
      throws SQLException {
    return SKIP.first(
        connection,
        parameters -> parameters.set("id", id).set("reason", reason),
        DeliveryApprovals::state);
  }

  private static DeliveryState state(ResultSet row) throws SQLException {
    return DeliveryState.of(row.getString("state")).orElseThrow();
  }
}
