package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.database.Sql;
import org.solarrelay.database.SqlParameters;
import org.solarrelay.database.Transaction;
import org.solarrelay.delivery.queue.QueueDepth.Backlog;

/**
 * Writes a row of {@code destination_minute} for each destination and minute, so that plots need no
 * Prometheus. One pod at a time writes, shortly after a minute's end. After an outage of all pods
 * the next one fills in the last {@link #MOST_MISSED}.
 *
 * <p>Each write computes the newest minute once more, because a transaction that ends a delivery in
 * one minute may commit in the next.
 */
@Singleton
public class DestinationRollup implements Runnable {

  /** How long rows stay, and the length of the latency objective. */
  public static final Duration KEPT = Duration.ofDays(30);

  /** The latency objective: a delivery that counts and takes longer is late. */
  public static final Duration OBJECTIVE = Duration.ofSeconds(5);

  static final Duration MOST_MISSED = Duration.ofDays(1);

  private static final Logger LOG = Logger.getLogger(DestinationRollup.class);
  private static final Duration EVERY = Duration.ofSeconds(10);

  /** The maximum number of minutes that one statement computes. */
  private static final int MOST_MINUTES = 15;

  private static final Sql LOCK =
      Sql.of("select pg_try_advisory_xact_lock(hashtext('solar-relay roll-ups')) as locked");

  // wait some seconds after a minute's end, for the transactions that end in it
  private static final Sql MISSING =
      Sql.of(
          """
          select since, least(ended, since + :most * interval '1 min') as until, ended
          from (
            select ended, greatest(newest, ended - :missed * interval '1 s') as since, newest
            from (
              select date_trunc('minute', now() - interval '5 s') as ended,
                (select max(minute) from destination_minute) as newest) as state) as missing
          where newest is null or newest < ended - interval '1 min'
          """);

  static final Sql WRITE =
      Sql.of(
          """
          with finished as (
            select date_trunc('minute', finished_at) as minute, destination, state, latency_ms,
              for_objective
            from delivery_ledger where finished_at >= :since and finished_at < :until),
          outcomes as (
            select minute, destination,
              count(*) filter (where state = 'delivered') as delivered,
              count(*) filter (where state = 'dead') as dead,
              count(*) filter (where state = 'skipped') as skipped,
              percentile_disc(0.5) within group (order by latency_ms) as p50_ms,
              percentile_disc(0.95) within group (order by latency_ms) as p95_ms,
              count(*) filter (where for_objective) as counted,
              count(*) filter (where for_objective and latency_ms > :objective) as late
            from finished group by minute, destination),
          buckets as (
            select minute, destination,
              floor(ln(latency_ms + 1.0::float8) / ln(1.1::float8))::smallint as bucket,
              count(*)::int as count
            from finished where latency_ms is not null group by 1, 2, 3),
          latencies as (
            select minute, destination, array_agg(bucket order by bucket) as buckets,
              array_agg(count order by bucket) as counts
            from buckets group by minute, destination),
          failures as (
            select date_trunc('minute', at) as minute, destination, count(*) as failed
            from failed_attempt where at >= :since and at < :until group by 1, 2),
          queues as (
            select * from unnest(:queued::text[], :waiting::bigint[], :oldest::bigint[])
              as q (destination, waiting, oldest_s)),
          names as (
            select unnest(:destinations::text[]) as destination
            union select destination from outcomes
            union select destination from failures where destination is not null),
          minutes as (
            select generate_series(cast(:since as timestamptz), :until - interval '1 min',
              interval '1 min') as minute)
          insert into destination_minute as m (minute, destination, delivered, failed, dead, skipped,
            p50_ms, p95_ms, latency_buckets, latency_counts, counted, late, waiting, oldest_s)
          select t.minute, n.destination, coalesce(o.delivered, 0), coalesce(f.failed, 0),
            coalesce(o.dead, 0), coalesce(o.skipped, 0), o.p50_ms, o.p95_ms,
            coalesce(l.buckets, '{}'), coalesce(l.counts, '{}'), coalesce(o.counted, 0),
            coalesce(o.late, 0), q.waiting, q.oldest_s
          from minutes t cross join names n
            left join outcomes o on o.minute = t.minute and o.destination = n.destination
            left join latencies l on l.minute = t.minute and l.destination = n.destination
            left join failures f on f.minute = t.minute and f.destination = n.destination
            left join queues q on q.destination = n.destination
              and t.minute = :until - interval '1 min'
          on conflict (minute, destination) do update
          set delivered = excluded.delivered, failed = excluded.failed, dead = excluded.dead,
            skipped = excluded.skipped, p50_ms = excluded.p50_ms, p95_ms = excluded.p95_ms,
            latency_buckets = excluded.latency_buckets, latency_counts = excluded.latency_counts,
            counted = excluded.counted, late = excluded.late
          -- a replay may have removed an end since; what happened stays
          where excluded.delivered + excluded.failed + excluded.dead + excluded.skipped
            > m.delivered + m.failed + m.dead + m.skipped
          """);

  private record Missing(OffsetDateTime since, OffsetDateTime until, OffsetDateTime ended) {

    static Missing of(ResultSet row) throws SQLException {
      return new Missing(
          row.getObject("since", OffsetDateTime.class),
          row.getObject("until", OffsetDateTime.class),
          row.getObject("ended", OffsetDateTime.class));
    }

    boolean isLast() {
      return until.isEqual(ended);
    }
  }

  private final DataSource database;
  private final ReloadableConfig live;
  private final QueueDepthMetrics queueDepth;
  private final CountDownLatch stopping = new CountDownLatch(1);

  DestinationRollup(DataSource database, ReloadableConfig live, QueueDepthMetrics queueDepth) {
    this.database = database;
    this.live = live;
    this.queueDepth = queueDepth;
  }

  public void stop() {
    stopping.countDown();
  }

  @Override
  public void run() {
    try {
      do {
        writeAll();
      } while (!stopping.await(EVERY.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeAll() {
    try {
      boolean more;
      do {
        more = write();
      } while (more && stopping.getCount() > 0);
    } catch (SQLException | RuntimeException e) {
      LOG.debug("The figures of this minute are written later", e);
    }
  }

  /**
   * Writes the oldest missing minutes, if this pod is the one that writes.
   *
   * @return whether more minutes are missing
   */
  boolean write() throws SQLException {
    return Transaction.call(
        database,
        connection -> {
          Optional<Missing> missing = lock(connection) ? missing(connection) : Optional.empty();
          if (missing.isEmpty()) {
            return false;
          }
          WRITE.update(connection, parameters -> bind(parameters, missing.get()));
          return !missing.get().isLast();
        });
  }

  private static boolean lock(Connection connection) throws SQLException {
    return LOCK.first(connection, row -> row.getBoolean("locked")).orElseThrow();
  }

  private static Optional<Missing> missing(Connection connection) throws SQLException {
    return MISSING.first(
        connection,
        parameters -> parameters.set("most", MOST_MINUTES).set("missed", MOST_MISSED.toSeconds()),
        Missing::of);
  }

  private void bind(SqlParameters parameters, Missing missing) throws SQLException {
    // the queue of a minute in the past is unknown
    Optional<Map<String, Backlog>> counted =
        missing.isLast() ? queueDepth.latest() : Optional.empty();
    Set<String> destinations = new TreeSet<>(live.destinations().keySet());
    counted.ifPresent(backlogs -> destinations.addAll(backlogs.keySet()));
    bind(parameters, missing.since(), missing.until(), destinations, counted);
  }

  /**
   * Binds all parameters of {@link #WRITE}.
   *
   * @param destinations that get a row in any case
   * @param counted their queues now; empty where they are unknown
   */
  static void bind(
      SqlParameters parameters,
      OffsetDateTime since,
      OffsetDateTime until,
      Set<String> destinations,
      Optional<Map<String, Backlog>> counted)
      throws SQLException {
    List<String> queued = counted.isPresent() ? List.copyOf(destinations) : List.of();
    List<Backlog> backlogs =
        queued.stream().map(name -> counted.get().getOrDefault(name, Backlog.NONE)).toList();
    parameters
        .set("since", since)
        .set("until", until)
        .set("objective", OBJECTIVE.toMillis())
        .texts("destinations", destinations)
        .texts("queued", queued)
        .bigints("waiting", backlogs.stream().map(Backlog::waiting).toList())
        .bigints("oldest", backlogs.stream().map(one -> one.age().toSeconds()).toList());
  }
}
