package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.database.BatchSplitter;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;

/**
 * Deletes what ended longer than {@code RELAY_RETENTION} ago: events whose deliveries are all
 * finished, with their history, and messages that became no event. The identities of records stay.
 */
@Singleton
public class Retention implements Runnable {

  private static final Logger LOG = Logger.getLogger(Retention.class);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int BATCH = 1000;

  /** Duplicate webhooks are recognised by the events in the database. */
  private static final Duration SHORTEST = Duration.ofDays(1);

  private static final String FINISHED =
      """
      state in ('delivered', 'skipped', 'dead') and finished_at < now() - :seconds * interval '1 s'
        and not exists (select from unannounced u where u.delivery_id = id)
      """;

  private static final Sql OLD_EVENTS =
      Sql.of(
          """
          select e.source, e.id, of_event.ids
          from event e cross join lateral (
            select array_agg(d.id) as ids, bool_and((%s) is true) as over
            from delivery d where d.source = e.source and d.event_id = e.id) as of_event
          where e.recorded_at < now() - :seconds * interval '1 s' and of_event.over is not false
          order by e.recorded_at limit :limit
          """
              .formatted(FINISHED));

  // a delivery that is replayed at this moment is no longer finished, and its event stays
  private static final Sql DELETE_DELIVERIES =
      Sql.of("delete from delivery where id = any (:deliveries) and " + FINISHED);

  private static final Sql DELETE_EVENT =
      Sql.of(
          """
          delete from event where source = :source and id = :id and not exists (
            select from delivery d where d.source = event.source and d.event_id = event.id)
          """);

  private static final Sql DELETE_DISCARDED =
      Sql.of(
          """
          delete from set_aside where id in (
            select id from set_aside where recorded_at < now() - :seconds * interval '1 s'
            order by recorded_at limit :limit)
          """);

  private static final Sql LOCK =
      Sql.of(
          """
          select pg_try_advisory_xact_lock(hashtext('solar-relay retention')) as locked
          """);

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
        deleteAll();
      } while (!stopping.await(EVERY.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deleteAll() {
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
   * Deletes a batch of old events and one of old messages.
   *
   * @return how many events and messages; 0 also while another pod deletes
   */
  int deleteBatch() throws SQLException {
    AtomicInteger deleted = new AtomicInteger();
    splitter.store(
        oldEvents(), some -> deleted.addAndGet(locked(connection -> delete(connection, some))));
    return deleted.get() + locked(this::deleteDiscarded);
  }

  private int locked(Transaction.Work<Integer> work) throws SQLException {
    return Transaction.call(database, connection -> lock(connection) ? work.on(connection) : 0);
  }

  private static boolean lock(Connection connection) throws SQLException {
    return LOCK.first(connection, row -> row.getBoolean("locked")).orElseThrow();
  }

  private record OldEvent(String source, String id, List<Long> deliveries) {}

  private List<OldEvent> oldEvents() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return OLD_EVENTS.list(
          connection,
          parameters -> parameters.set("seconds", seconds()).set("limit", BATCH),
          Retention::oldEvent);
    }
  }

  private static OldEvent oldEvent(ResultSet row) throws SQLException {
    Array ids = row.getArray("ids");
    List<Long> deliveries = ids == null ? List.of() : List.of((Long[]) ids.getArray());
    return new OldEvent(row.getString("source"), row.getString("id"), deliveries);
  }

  private int delete(Connection connection, List<OldEvent> old) throws SQLException {
    List<Long> deliveries = old.stream().flatMap(one -> one.deliveries().stream()).toList();
    DELETE_DELIVERIES.update(
        connection,
        parameters -> parameters.bigints("deliveries", deliveries).set("seconds", seconds()));
    return DELETE_EVENT.batch(
        connection, old, (row, event) -> row.set("source", event.source()).set("id", event.id()));
  }

  private int deleteDiscarded(Connection connection) throws SQLException {
    return DELETE_DISCARDED.update(
        connection, parameters -> parameters.set("seconds", seconds()).set("limit", BATCH));
  }

  private long seconds() {
    return keep.compareTo(SHORTEST) < 0 ? SHORTEST.toSeconds() : keep.toSeconds();
  }
}
