package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;

/**
 * Ends a delivery that is not in flight, as skipped; later deliveries of its record proceed. A
 * running delivery whose lease has ended is not in flight: no live pod calls its destination, and
 * the result of a dead pod's late call is not recorded.
 */
@Singleton
public class DeliveryCancellation {

  private static final Sql CANCEL =
      Sql.of(
          """
          with cancelled as (
            update delivery set state = 'skipped', reason = :reason, finished_at = now()
            where id = :id
              and (state in ('pending', 'held') or state = 'running' and due_at <= now())
            returning id),
          unpublished as (
            insert into unannounced select id from cancelled on conflict do nothing)
          select id from cancelled
          """);

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
   * @return the delivery's reason; empty where the delivery cannot be cancelled
   */
  public Optional<String> cancel(long id, String by, String why) throws SQLException {
    String reason = "cancelled by %s: %s".formatted(by, why);
    Optional<String> cancelled =
        Transaction.call(
            database,
            connection ->
                CANCEL.first(
                    connection,
                    parameters -> parameters.set("id", id).set("reason", reason),
                    row -> reason));
    // the next delivery of the record may be due
    queue.wakeWorkers();
    return cancelled;
  }
}
