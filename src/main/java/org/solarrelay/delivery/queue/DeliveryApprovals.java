package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.solarrelay.database.Sql;
import org.solarrelay.delivery.queue.DeliveryLedger.Unfinished;

/** Approves and declines held deliveries. */
@Singleton
public class DeliveryApprovals {

  private static final Sql APPROVE =
      Sql.of(
          """
          update delivery_work
          set held = false, approved_at = now(), due_at = now(), late = true
          where id = :id and held returning id
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
                  connection, parameters -> parameters.set("id", id), row -> DeliveryState.PENDING)
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
    boolean skipped =
        DeliveryLedger.end(connection, id, Unfinished.HELD, DeliveryState.SKIPPED, reason);
    return skipped ? Optional.of(DeliveryState.SKIPPED) : Optional.empty();
  }
}
