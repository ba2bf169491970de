package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.solarrelay.activity.Activity;
import org.solarrelay.activity.ActivityAction;
import org.solarrelay.activity.ActivityLog;
import org.solarrelay.activity.SubjectKind;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;
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
   * @param by the operator
   * @return the state it has now; empty where no such delivery is held
   */
  public Optional<DeliveryState> approve(long id, String by) throws SQLException {
    Optional<DeliveryState> state =
        Transaction.call(
            database,
            connection ->
                recorded(connection, id, ActivityAction.APPROVE, by, approve(connection, id)));
    queue.wakeWorkers();
    return state;
  }

  private Optional<DeliveryState> approve(Connection connection, long id) throws SQLException {
    String reason = superseded.reasons(connection, List.of(id)).get(id);
    return reason == null
        ? APPROVE.first(
            connection, parameters -> parameters.set("id", id), row -> DeliveryState.PENDING)
        : skip(connection, id, reason);
  }

  /** Ends the delivery as skipped; takes and returns as {@link #approve}. */
  public Optional<DeliveryState> decline(long id, String by) throws SQLException {
    return Transaction.call(
        database,
        connection ->
            recorded(
                connection,
                id,
                ActivityAction.DECLINE,
                by,
                skip(connection, id, "declined by an operator")));
  }

  private static Optional<DeliveryState> recorded(
      Connection connection,
      long id,
      ActivityAction action,
      String by,
      Optional<DeliveryState> state)
      throws SQLException {
    if (state.isPresent()) {
      Activity done = Activity.of(by, action, SubjectKind.DELIVERY, id);
      boolean overtaken = action == ActivityAction.APPROVE && state.get() == DeliveryState.SKIPPED;
      ActivityLog.record(connection, overtaken ? done.details("superseded") : done);
    }
    return state;
  }

  private static Optional<DeliveryState> skip(Connection connection, long id, String reason)
      throws SQLException {
    boolean skipped =
        DeliveryLedger.end(connection, id, Unfinished.HELD, DeliveryState.SKIPPED, reason);
    return skipped ? Optional.of(DeliveryState.SKIPPED) : Optional.empty();
  }
}
