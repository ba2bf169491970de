package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.solarrelay.activity.Activity;
import org.solarrelay.activity.ActivityAction;
import org.solarrelay.activity.ActivityLog;
import org.solarrelay.activity.SubjectKind;
import org.solarrelay.database.Transaction;
import org.solarrelay.delivery.queue.DeliveryLedger.Unfinished;

/**
 * Ends a delivery that is not in flight, as skipped; later deliveries of its record proceed. A
 * running delivery whose lease has ended is not in flight: no live pod calls its destination, and
 * the result of a dead pod's late call is not recorded.
 */
@Singleton
public class DeliveryCancellation {

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
    boolean cancelled =
        Transaction.call(database, connection -> cancel(connection, id, by, reason));
    // the next delivery of the record may be due
    queue.wakeWorkers();
    return cancelled ? Optional.of(reason) : Optional.empty();
  }

  private static boolean cancel(Connection connection, long id, String by, String reason)
      throws SQLException {
    if (!DeliveryLedger.end(
        connection, id, Unfinished.NOT_IN_FLIGHT, DeliveryState.SKIPPED, reason)) {
      return false;
    }
    logActivity(connection, id, by);
    return true;
  }

  /**
   * Records who cancelled, without the reason. The reason may name a person, so only the delivery
   * has it, where it is erased with the person.
   */
  private static void logActivity(Connection connection, long id, String by) throws SQLException {
    ActivityLog.record(
        connection, Activity.of(by, ActivityAction.CANCEL, SubjectKind.DELIVERY, id));
  }
}
