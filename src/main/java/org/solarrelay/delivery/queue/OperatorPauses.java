package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.solarrelay.database.Transaction;

/**
 * Which destinations operators have paused, for all pods together. A pod knows it from a look each
 * second, which the first of its workers to need it takes for all of them.
 */
@Singleton
public class OperatorPauses {

  private static final Logger LOG = Logger.getLogger(OperatorPauses.class);
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final String PAUSE =
      """
      insert into paused_destination (destination, reason, by) values (?, ?, ?)
      on conflict do nothing
      """;

  private final DataSource database;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile Map<String, PauseReason> known;
  private volatile long freshUntil;

  OperatorPauses(DataSource database) {
    this.database = database;
  }

  /**
   * The pause of a destination as it was within the last second or so, null where there is none.
   *
   * @throws SQLException where the database can not be asked
   */
  public PauseReason of(String destination) throws SQLException {
    if (known == null) {
      return all().get(destination);
    }
    // whoever finds somebody else looking makes do with what is known
    if (System.nanoTime() - freshUntil >= 0 && looking.tryLock()) {
      try {
        look();
      } finally {
        looking.unlock();
      }
    }
    return known.get(destination);
  }

  /** All pauses as they are now, by destination. */
  public Map<String, PauseReason> all() throws SQLException {
    looking.lock();
    try {
      look();
      return known;
    } finally {
      looking.unlock();
    }
  }

  /**
   * Pauses a destination; one that is paused stays as it is.
   *
   * @param reason null where none is given
   * @param by who asks for it
   */
  public void pause(String destination, String reason, String by) throws SQLException {
    looking.lock();
    try {
      Transaction.run(database, connection -> execute(connection, PAUSE, destination, reason, by));
      look();
    } finally {
      looking.unlock();
    }
  }

  /** Lets a destination go on; the retry budgets of what has waited begin anew. */
  public void resume(String destination, String by) throws SQLException {
    looking.lock();
    try {
      if (Transaction.call(database, connection -> delete(connection, destination))) {
        LOG.infof("Deliveries to %s go on: resumed by %s", destination, by);
        known = without(destination);
      }
      look();
    } finally {
      looking.unlock();
    }
  }

  private static boolean delete(Connection connection, String destination) throws SQLException {
    String sql = "delete from paused_destination where destination = ?";
    if (execute(connection, sql, destination) == 0) {
      return false;
    }
    DeliveryQueue.renewBudgets(connection, destination);
    return true;
  }

  private Map<String, PauseReason> without(String destination) {
    Map<String, PauseReason> others = new HashMap<>(known == null ? Map.of() : known);
    others.remove(destination);
    return Map.copyOf(others);
  }

  private void look() throws SQLException {
    Map<String, PauseReason> found = new HashMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement("select * from paused_destination");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        OffsetDateTime since = row.getObject("since", OffsetDateTime.class);
        PauseReason pause = new PauseReason(row.getString("reason"), since, row.getString("by"));
        found.put(row.getString("destination"), pause);
      }
    }
    tell(known == null ? Map.of() : known, found);
    known = Map.copyOf(found);
    freshUntil = System.nanoTime() + FRESH_NANOS;
  }

  private static void tell(Map<String, PauseReason> before, Map<String, PauseReason> now) {
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

  private static int execute(Connection connection, String sql, String... values)
      throws SQLException {
    try (PreparedStatement change = DynamicSql.prepared(connection, sql, Arrays.asList(values))) {
      return change.executeUpdate();
    }
  }
}
