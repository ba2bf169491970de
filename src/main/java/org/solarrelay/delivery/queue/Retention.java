package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.database.BatchSplitter;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;

/**
 * Deletes what ended longer than {@code RELAY_RETENTION} ago: finished deliveries by the partitions
 * of whole weeks, then the events that no delivery refers to, and messages that became no event. So
 * an event is deleted up to a week later. What an attempt has sent is deleted by the week of the
 * attempt. What operators have recorded about dead letters is deleted with the dead letters.
 * Activities and rejected webhooks are deleted at the same age as messages. The identities of
 * records stay. The rows of {@code destination_minute} are deleted after {@link
 * DestinationRollup#KEPT}.
 */
@Singleton
public class Retention implements Runnable {

  private static final Logger LOG = Logger.getLogger(Retention.class);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int BATCH = 1000;

  /** Duplicate webhooks are recognised by the events in the database. */
  private static final Duration SHORTEST = Duration.ofDays(1);

  /** How many weeks have their partitions in advance. */
  private static final int WEEKS_AHEAD = 5;

  /**
   * A week's partition cannot be dropped while a query reads it, and new queries wait meanwhile.
   */
  private static final Sql WAIT_BRIEFLY = Sql.of("set local lock_timeout = '2s'");

  private static final Sql ADD_WEEKS = Sql.of("select create_delivery_ledger_weeks(now(), :weeks)");

  // names are delivery_ledger_<the week's Monday>
  private static final String WEEKS_OF =
      """
      select c.relname as name,
        to_timestamp(right(c.relname, 8) || '+00', 'YYYYMMDDTZH') as monday
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = '%s'::regclass and c.relname ~ '_\\d{8}$'
      order by monday
      """;

  private static final Sql WEEKS = Sql.of(WEEKS_OF.formatted("delivery_ledger"));
  private static final Sql WEEKS_OF_REQUESTS = Sql.of(WEEKS_OF.formatted("attempt_request"));

  /** A week is over where all its deliveries are old and their outcomes published. */
  private static final String IS_OVER =
      """
      select not exists (
        select from %1$s d where d.finished_at >= now() - :seconds * interval '1 s')
        and not exists (select from unannounced u join %1$s d on d.id = u.delivery_id) as over
      """;

  private static final List<String> DROP =
      List.of(
          "delete from failed_attempt f using %1$s d where d.id = f.delivery_id",
          "delete from replay r using %1$s d where d.id = r.delivery_id", "drop table %1$s");

  // a week that had no partition, or whose rows are older than the partitions
  private static final Sql DELETE_WITHOUT_WEEK =
      Sql.of(
          """
          with old as (
            delete from delivery_ledger_default
            where id in (
              select id from delivery_ledger_default d
              where finished_at < now() - :seconds * interval '1 s'
                and not exists (select from unannounced u where u.delivery_id = d.id)
              limit :limit)
            returning id),
          attempts as (delete from failed_attempt f using old where old.id = f.delivery_id),
          replays as (delete from replay r using old where old.id = r.delivery_id)
          select count(*) as deleted from old
          """);

  private static final Sql DELETE_REQUESTS_WITHOUT_WEEK =
      Sql.of(
          """
          delete from attempt_request_default where ctid = any (array(
            select ctid from attempt_request_default
            where at < now() - :seconds * interval '1 s' limit :limit))
          """);

  private static final String HAS_NO_DELIVERY =
      """
      not exists (select from delivery_work d where d.event_id = e.id and d.source = e.source)
        and not exists (
          select from delivery_ledger d where d.event_id = e.id and d.source = e.source)
      """;

  // events of the weeks that are kept have deliveries in them, so the search ends before those
  // weeks
  private static final Sql OLD_EVENTS =
      Sql.of(
          """
          select e.source, e.id from event e
          where e.recorded_at < least(now() - :seconds * interval '1 s', :oldestWeek) and %s
          order by e.recorded_at limit :limit
          """
              .formatted(HAS_NO_DELIVERY));

  // fan-out locks an event to which it adds a delivery; that event stays
  private static final Sql LOCK_EVENTS =
      Sql.of(
          """
          select source, id from event
          where (id, source) in (select k.id, k.source from unnest(:sources, :ids) as k (source, id))
          for update skip locked
          """);

  private static final Sql DELETE_EVENT =
      Sql.of("delete from event e where source = :source and id = :id and " + HAS_NO_DELIVERY);

  private static final Sql DELETE_DISCARDED =
      Sql.of(
          """
          delete from set_aside where id in (
            select id from set_aside where recorded_at < now() - :seconds * interval '1 s'
            order by recorded_at limit :limit)
          """);

  private static final Sql DELETE_MINUTES =
      Sql.of("delete from destination_minute where minute < now() - :seconds * interval '1 s'");

  /** Of tables with few rows, which need no batches. */
  private static final List<Sql> DELETE_FEW =
      Stream.of(
              "activity where at < now() - %s",
              "rejected_webhook where at < now() - %s",
              "bulk_replay where state <> 'running' and ended_at < now() - %s",
              // dead deliveries are deleted by whole weeks
              "dead_group where acknowledged_at < now() - %s - interval '8 d'")
          .map(rows -> Sql.of("delete from " + rows.formatted(":seconds * interval '1 s'")))
          .toList();

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
    try {
      do {
        addWeeksInAdvance();
        deleteMinutes();
        if (!keep.isZero()) {
          deleteAll();
        }
      } while (!stopping.await(EVERY.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void addWeeksInAdvance() {
    try {
      locked(this::addWeeks);
    } catch (SQLException | RuntimeException e) {
      LOG.debug("The partitions of the next weeks are added in an hour", e);
    }
  }

  private void deleteMinutes() {
    try {
      locked(
          connection ->
              DELETE_MINUTES.update(
                  connection,
                  parameters -> parameters.set("seconds", DestinationRollup.KEPT.toSeconds())));
    } catch (SQLException | RuntimeException e) {
      LOG.debug("Old figures of minutes stay for another hour", e);
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
   * Drops old weeks, and deletes a batch of old events and one of old messages.
   *
   * @return how many events and messages; 0 also while another pod deletes
   */
  int deleteBatch() throws SQLException {
    locked(this::dropOldWeeks);
    int deleted;
    do {
      deleted = locked(this::deleteWithoutWeek);
    } while (deleted == BATCH);
    locked(this::dropOldRequests);
    do {
      deleted = locked(this::deleteRequestsWithoutWeek);
    } while (deleted == BATCH);
    AtomicInteger events = new AtomicInteger();
    splitter.store(
        oldEvents(), some -> events.addAndGet(locked(connection -> delete(connection, some))));
    locked(this::deleteFew);
    return events.get() + locked(this::deleteDiscarded);
  }

  private int locked(Transaction.Work<Integer> work) throws SQLException {
    return Transaction.call(database, connection -> lock(connection) ? work.on(connection) : 0);
  }

  private static boolean lock(Connection connection) throws SQLException {
    return LOCK.first(connection, row -> row.getBoolean("locked")).orElseThrow();
  }

  private int addWeeks(Connection connection) throws SQLException {
    WAIT_BRIEFLY.update(connection);
    ADD_WEEKS.first(connection, parameters -> parameters.set("weeks", WEEKS_AHEAD), row -> true);
    return 0;
  }

  private record Week(String partition, OffsetDateTime monday) {}

  private int dropOldWeeks(Connection connection) throws SQLException {
    WAIT_BRIEFLY.update(connection);
    for (Week week : weeks(connection, WEEKS)) {
      if (week.monday().isBefore(newestOldMonday()) && isOver(connection, week)) {
        for (String statement : DROP) {
          Sql.of(statement.formatted(week.partition())).update(connection);
        }
      }
    }
    return 0;
  }

  /** Weeks that begin before this ended longer ago than the retention. */
  private OffsetDateTime newestOldMonday() {
    return OffsetDateTime.now().minusSeconds(seconds()).minusWeeks(1);
  }

  private int dropOldRequests(Connection connection) throws SQLException {
    WAIT_BRIEFLY.update(connection);
    for (Week week : weeks(connection, WEEKS_OF_REQUESTS)) {
      if (week.monday().isBefore(newestOldMonday())) {
        Sql.of("drop table " + week.partition()).update(connection);
      }
    }
    return 0;
  }

  private int deleteRequestsWithoutWeek(Connection connection) throws SQLException {
    return DELETE_REQUESTS_WITHOUT_WEEK.update(
        connection, parameters -> parameters.set("seconds", seconds()).set("limit", BATCH));
  }

  private boolean isOver(Connection connection, Week week) throws SQLException {
    return Sql.of(IS_OVER.formatted(week.partition()))
        .first(
            connection,
            parameters -> parameters.set("seconds", seconds()),
            row -> row.getBoolean("over"))
        .orElseThrow();
  }

  private int deleteWithoutWeek(Connection connection) throws SQLException {
    return DELETE_WITHOUT_WEEK
        .first(
            connection,
            parameters -> parameters.set("seconds", seconds()).set("limit", BATCH),
            row -> row.getInt("deleted"))
        .orElseThrow();
  }

  private List<EventKey> oldEvents() throws SQLException {
    try (Connection connection = database.getConnection()) {
      OffsetDateTime oldestWeek =
          weeks(connection, WEEKS).stream()
              .map(Week::monday)
              .findFirst()
              .orElse(OffsetDateTime.now());
      return OLD_EVENTS.list(
          connection,
          parameters ->
              parameters
                  .set("seconds", seconds())
                  .set("oldestWeek", oldestWeek)
                  .set("limit", BATCH),
          EventKey::of);
    }
  }

  private static int delete(Connection connection, List<EventKey> old) throws SQLException {
    List<EventKey> locked =
        LOCK_EVENTS.list(connection, parameters -> EventKey.bind(parameters, old), EventKey::of);
    return DELETE_EVENT.batch(
        connection,
        locked,
        (row, event) -> row.set("source", event.source()).set("id", event.id()));
  }

  private static List<Week> weeks(Connection connection, Sql weeks) throws SQLException {
    return weeks.list(
        connection,
        row -> new Week(row.getString("name"), row.getObject("monday", OffsetDateTime.class)));
  }

  private int deleteDiscarded(Connection connection) throws SQLException {
    return DELETE_DISCARDED.update(
        connection, parameters -> parameters.set("seconds", seconds()).set("limit", BATCH));
  }

  private int deleteFew(Connection connection) throws SQLException {
    for (Sql delete : DELETE_FEW) {
      delete.update(connection, parameters -> parameters.set("seconds", seconds()));
    }
    return 0;
  }

  private long seconds() {
    return keep.compareTo(SHORTEST) < 0 ? SHORTEST.toSeconds() : keep.toSeconds();
  }
}
