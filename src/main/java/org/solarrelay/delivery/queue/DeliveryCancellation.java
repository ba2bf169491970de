package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.solarrelay.database.Transaction;

/**
 * Ends a delivery that is not in flight, as skipped; later deliveries of its record go on. A
 * running one whose lease has ended is not in flight: no live pod calls for it, and what a late
 * call of a dead pod brings is not recorded.
 */
@Singleton
public class DeliveryCancellation {

  private static final String CANCEL =
      """
      with cancelled as (
        update delivery set state = 'skipped', reason = ?, finished_at = now()
        where id = ?
          and (state in ('pending', 'held') or state = 'running' and due_at <= now())
        returning id),
      unpublished as (
        insert into unannounced select id from cancelled on conflict do nothing)
      select id from cancelled
      """;

  private final DataSource database;
  private final DeliveryQueue queue;

  DeliveryCancellation(DataSource database, DeliveryQueue queue) {
    this.database = database;
    this.queue = queue;
  }

  /**
   * Cancels the delivery.
   *
   * @param by the operator
   * @param why in one line
   * @return the reason as the ledger has it; empty where there is nothing to cancel
   */
  public Optional<String> cancel(long id, String by, String why) throws SQLException {
    String reason = "cancelled by %s: %s".formatted(by, why);
    boolean cancelled = Transaction.call(database, connection -> cancelled(connection, id, reason));
    // the record's next one may be due
    queue.wakeWorkers();
    return cancelled ? Optional.of(reason) : Optional.empty();
  }

  private static boolean cancelled(Connection connection, long id, String reason)
      throws SQLException {
    try (PreparedStatement cancel = connection.prepareStatement(CANCEL)) {
      cancel.setString(1, reason);
      cancel.setLong(2, id);
      try (ResultSet row = cancel.executeQuery()) {
        return row.next();
      }
    }
  }
}
