package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.solarrelay.activity.Activity;
import org.solarrelay.activity.ActivityAction;
import org.solarrelay.activity.ActivityLog;
import org.solarrelay.activity.SubjectKind;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;

/**
 * Stores which destinations operators have paused, for all pods. A pod reads the pauses once a
 * second; the first worker that needs them reads them for all workers.
 */
@Singleton
public class OperatorPauses {

  private static final Logger LOG = Logger.getLogger(OperatorPauses.class);
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Sql PAUSE =
      Sql.of(
          """
          insert into paused_destination (destination, reason, by)
          values (:destination, :reason, :by) on conflict do nothing
          """);

  private static final Sql RESUME =
      Sql.of("delete from paused_destination where destination = :destination");

  private static final Sql ALL = Sql.of("select * from paused_destination");

  private final DataSource database;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Map<String, PauseReason> known;
  private volatile long freshUntil;

  public OperatorPauses(DataSource database) {
    this.database = database;
  }

  /**
   * The pause of a destination, at most about a second old; null without one.
   *
   * @throws SQLException where the database cannot be used
   */
  public PauseReason of(String destination) throws SQLException {
    if (known == null) {
      return all().get(destination);
    }
    // while another thread reads, the pauses known so far are used
    if (System.nanoTime() - freshUntil >= 0 && reading.tryLock()) {
      try {
        read();
      } finally {
        reading.unlock();
      }
    }
    return known.get(destination);
  }

  /** All pauses as they are now, by destination. */
  public Map<String, PauseReason> all() throws SQLException {
    reading.lock();
    try {
      read();
      return known;
    } finally {
      reading.unlock();
    }
  }

  /**
   * Pauses a destination; a paused destination keeps its pause.
   *
   * @param reason null where none is given
   * @param by the operator
   */
  public void pause(String destination, String reason, String by) throws SQLException {
    reading.lock();
    try {
      Transaction.run(database, connection -> insert(connection, destination, reason, by));
      read();
    } finally {
      reading.unlock();
    }
  }

  private static void insert(Connection connection, String destination, String reason, String by)
      throws SQLException {
    int paused =
        PAUSE.update(
            connection,
            parameters ->
                parameters.set("destination", destination).set("reason", reason).set("by", by));
    if (paused > 0) {
      ActivityLog.record(
          connection,
          Activity.of(by, ActivityAction.PAUSE, SubjectKind.DESTINATION, destination)
              .details(Optional.ofNullable(reason)));
    }
  }

  /** Resumes a destination; the retry budgets of its pending deliveries begin anew. */
  public void resume(String destination, String by) throws SQLException {
    reading.lock();
    try {
      if (Transaction.call(database, connection -> delete(connection, destination, by))) {
        LOG.infof("Deliveries to %s go on: resumed by %s", destination, by);
        known = without(destination);
      }
      read();
    } finally {
      reading.unlock();
    }
  }

  private static boolean delete(Connection connection, String destination, String by)
      throws SQLException {
    if (RESUME.update(connection, parameters -> parameters.set("destination", destination)) == 0) {
      return false;
    }
    DeliveryQueue.renewBudgets(connection, destination);
    ActivityLog.record(
        connection, Activity.of(by, ActivityAction.RESUME, SubjectKind.DESTINATION, destination));
    return true;
  }

  private Map<String, PauseReason> without(String destination) {
    Map<String, PauseReason> others = new HashMap<>(known == null ? Map.of() : known);
    others.remove(destination);
    return Map.copyOf(others);
  }

  private void read() throws SQLException {
    Map<String, PauseReason> pauses = new HashMap<>();
    try (Connection connection = database.getConnection()) {
      ALL.forEach(
          connection,
          row ->
              pauses.put(
                  row.getString("destination"),
                  new PauseReason(
                      row.getString("reason"),
                      row.getObject("since", OffsetDateTime.class),
                      row.getString("by"))));
    }
    log(known == null ? Map.of() : known, pauses);
    known = Map.copyOf(pauses);
    freshUntil = System.nanoTime() + FRESH_NANOS;
  }

  private static void log(Map<String, PauseReason> before, Map<String, PauseReason> now) {
    now.forEach(
        (destination, pause) -> {
          if (!before.containsKey(destination)) {
            String reason = pause.reason() == null ? "" : ": " + pause.reason();
            LOG.infof("Deliveries to %s are paused by %s%s", destination, pause.by(), reason);
          }
        });
    before.keySet().stream()
        .filter(destination -> !now.containsKey(destination))
        .forEach(
            destination ->
                LOG.infof("Deliveries to %s go on: resumed at another pod", destination));
  }
}
