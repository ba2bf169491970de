package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.database.BatchSplitter;
import org.solarrelay.database.Transaction;

/**
 * Deletes what has been over for longer than {@code RELAY_RETENTION}: events none of whose
 * deliveries is unfinished, with all that is told of them, and messages that became no event. Which
 * record is which is kept for ever.
 */
@Singleton
public class Retention implements Runnable {

  private static final Logger LOG = Logger.getLogger(Retention.class);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int BATCH = 1000;

  // webhooks that are sent again are recognised by what the ledger knows
  private static final Duration LEAST = Duration.ofDays(1);

  private static final String OVER =
      """
      state in ('delivered', 'skipped', 'dead') and finished_at < now() - ? * interval '1 s'
        and not exists (select from unannounced u where u.delivery_id = id)
      """;

  private static final String OLD_EVENTS =
      """
      select e.source, e.id, of_event.ids
      from event e cross join lateral (
        select array_agg(d.id) as ids, bool_and((%s) is true) as over
        from delivery d where d.source = e.source and d.event_id = e.id) as of_event
      where e.recorded_at < now() - ? * interval '1 s' and of_event.over is not false
      order by e.recorded_at limit ?
      """
          .formatted(OVER);

  // one by one: what is replayed at this moment is no longer over, and its event stays
  private static final String DELETE_DELIVERIES =
      "delete from delivery where id = any (?) and " + OVER;

  private static final String DELETE_EVENT =
      """
      delete from event where source = ? and id = ? and not exists (
        select from delivery d where d.source = event.source and d.event_id = event.id)
      """;

  private static final String DELETE_SET_ASIDE =
      """
      delete from set_aside where id in (
        select id from set_aside where recorded_at < now() - ? * interval '1 s'
        order by recorded_at limit ?)
      """;

  private final DataSource database;
  private final BatchSplitter splitter;
  private final Duration keep;
  private final CountDownLatch stopping = new CountDownLatch(1);

  Retention(DataSource database, RelayConfig config, BatchSplitter splitter) {
    this.database = database;
    this.splitter = splitter;
    this.keep = config.ledger().retention();
  }

  public void stop() {
    stopping.countDown();
  }

  @Override
  public void run() {
    if (keep.isZero()) {
      return;
    }
    try {
      do {
        clean();
      } while (!stopping.await(EVERY.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void clean() {
    try {
      long deleted = 0;
      int last;
      do {
        last = deleteBatch();
        deleted += last;
      } while (last > 0 && stopping.getCount() > 0);
      if (deleted > 0) {
        LOG.infof("Deleted %d events and messages older than %s", deleted, keep);
      }
    } catch (SQLException | RuntimeException e) {
      LOG.debug("Old events stay for another hour", e);
    }
  }

  /**
   * Deletes some of what is old.
   *
   * @return how many events and messages; 0 also where another pod is at it
   */
  int deleteBatch() throws SQLException {
    AtomicInteger deleted = new AtomicInteger();
    splitter.store(
        oldEvents(), some -> deleted.addAndGet(inTurn(connection -> delete(connection, some))));
    return deleted.get() + inTurn(this::deleteSetAside);
  }

  private int inTurn(Transaction.Work<Integer> work) throws SQLException {
    return Transaction.call(
        database, connection -> isOurTurn(connection) ? work.on(connection) : 0);
  }

  private static boolean isOurTurn(Connection connection) throws SQLException {
    String lock = "select pg_try_advisory_xact_lock(hashtext('solar-relay retention'))";
    try (PreparedStatement select = connection.prepareStatement(lock);
        ResultSet row = select.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private record OldEvent(String source, String id, List<Long> deliveries) {}

  private List<OldEvent> oldEvents() throws SQLException {
    List<OldEvent> old = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(OLD_EVENTS)) {
      select.setLong(1, seconds());
      select.setLong(2, seconds());
      select.setInt(3, BATCH);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Array ids = row.getArray("ids");
          List<Long> deliveries = ids == null ? List.of() : List.of((Long[]) ids.getArray());
          old.add(new OldEvent(row.getString("source"), row.getString("id"), deliveries));
        }
      }
    }
    return old;
  }

  private int delete(Connection connection, List<OldEvent> old) throws SQLException {
    List<Long> deliveries = old.stream().flatMap(one -> one.deliveries().stream()).toList();
    try (PreparedStatement event = connection.prepareStatement(DELETE_EVENT)) {
      for (OldEvent one : old) {
        event.setString(1, one.source());
        event.setString(2, one.id());
        event.addBatch();
      }
      deleteDeliveries(connection, deliveries);
      return Arrays.stream(event.executeBatch()).sum();
    }
  }

  private void deleteDeliveries(Connection connection, List<Long> ids) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE_DELIVERIES)) {
      delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      delete.setLong(2, seconds());
      delete.executeUpdate();
    }
  }

  private int deleteSetAside(Connection connection) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE_SET_ASIDE)) {
      delete.setLong(1, seconds());
      delete.setInt(2, BATCH);
      return delete.executeUpdate();
    }
  }

  private long seconds() {
    return keep.compareTo(LEAST) < 0 ? LEAST.toSeconds() : keep.toSeconds();
  }
}
