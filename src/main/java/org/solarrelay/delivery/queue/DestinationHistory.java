package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.solarrelay.database.Sql;

/** Reads what happened at destinations, from the rows that {@link DestinationRollup} writes. */
@Singleton
public class DestinationHistory {

  /** The length of an interval. Hours and days begin in UTC. */
  public enum Step {
    MINUTE(ChronoUnit.MINUTES),
    HOUR(ChronoUnit.HOURS),
    DAY(ChronoUnit.DAYS);

    private final ChronoUnit unit;

    Step(ChronoUnit unit) {
      this.unit = unit;
    }

    public static Optional<Step> of(String text) {
      return Arrays.stream(values()).filter(step -> step.text().equals(text)).findFirst();
    }

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    public Duration length() {
      return unit.getDuration();
    }

    private Sql sql() {
      return this == MINUTE
          ? MINUTES
          : Sql.of(INTERVALS.formatted("date_trunc('%s', minute, 'UTC')".formatted(text())));
    }
  }

  /**
   * What happened at a destination within an interval.
   *
   * @param since the start of the interval
   * @param minutes how many of its minutes are known
   */
  public record Interval(
      OffsetDateTime since,
      @JsonIgnore String destination,
      long minutes,
      @JsonUnwrapped Outcomes outcomes,
      @JsonUnwrapped Latency latency,
      @JsonUnwrapped Backlog backlog,
      @JsonUnwrapped ErrorBudget objective) {

    private static Interval of(ResultSet row) throws SQLException {
      return new Interval(
          row.getObject("since", OffsetDateTime.class),
          row.getString("destination"),
          row.getLong("minutes"),
          new Outcomes(
              row.getLong("delivered"),
              row.getLong("failed"),
              row.getLong("dead"),
              row.getLong("skipped")),
          new Latency(number(row, "p50_ms"), number(row, "p95_ms")),
          new Backlog(number(row, "waiting"), number(row, "oldest_s")),
          new ErrorBudget(row.getLong("counted"), row.getLong("late")));
    }
  }

  /**
   * How deliveries ended.
   *
   * @param failed how many attempts failed
   */
  public record Outcomes(long delivered, long failed, long dead, long skipped) {

    /** How many attempts ended, without those that skipped their delivery. */
    public long attempts() {
      return delivered + failed;
    }
  }

  /**
   * How long deliveries took from the acceptance of their events, in milliseconds; exact to 5 % for
   * an interval of an hour or a day.
   *
   * @param p50Ms half of the deliveries were faster; null where none is known
   * @param p95Ms 95 % of the deliveries were faster; null where none is known
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Latency(Long p50Ms, Long p95Ms) {}

  /**
   * The largest queue at the end of a minute.
   *
   * @param waiting deliveries; null where unknown
   * @param oldestSeconds how long the oldest unfinished delivery was in the queue; null where
   *     unknown
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Backlog(Long waiting, Long oldestSeconds) {}

  /**
   * The deliveries that count for the latency objective: 99.9 % within {@link
   * DestinationRollup#OBJECTIVE}.
   *
   * @param counted how many count
   * @param late how many of these took longer
   */
  public record ErrorBudget(long counted, long late) {

    private static final double ALLOWED = 0.001;

    public static final ErrorBudget NONE = new ErrorBudget(0, 0);

    public ErrorBudget plus(ErrorBudget other) {
      return new ErrorBudget(counted + other.counted, late + other.late);
    }

    /**
     * The part of the budget that is left: 1 for all, 0 for none, negative where the objective is
     * missed; empty where no delivery counts.
     */
    public Optional<Double> left() {
      return counted == 0 ? Optional.empty() : Optional.of(1 - late / (counted * ALLOWED));
    }

    /** How many of the counted deliveries may be late. */
    public long allowed() {
      return (long) (counted * ALLOWED);
    }
  }

  private static final String SELECTED =
      """
      minute >= :since and minute < :until and destination = coalesce(:destination, destination)
      """;

  private static final Sql MINUTES =
      Sql.of(
          """
          select m.*, minute as since, 1 as minutes from destination_minute m where %s
          order by minute, destination
          """
              .formatted(SELECTED));

  // a percentile is the middle of its bucket
  private static final String INTERVALS =
      """
      with selected as (
        select %%s as since, m.* from destination_minute m where %s),
      totals as (
        select since, destination, count(*) as minutes, sum(delivered) as delivered,
          sum(failed) as failed, sum(dead) as dead, sum(skipped) as skipped,
          sum(counted) as counted, sum(late) as late, max(waiting) as waiting,
          max(oldest_s) as oldest_s
        from selected group by since, destination),
      buckets as (
        select since, destination, bucket, sum(count) as count
        from selected, unnest(latency_buckets, latency_counts) as b (bucket, count)
        group by since, destination, bucket),
      ranks as (
        select since, destination, bucket,
          sum(count) over (partition by since, destination order by bucket) as rank,
          sum(count) over (partition by since, destination) as count
        from buckets),
      percentiles as (
        select since, destination,
          min(bucket) filter (where rank >= 0.5 * count) as p50,
          min(bucket) filter (where rank >= 0.95 * count) as p95
        from ranks group by since, destination)
      select t.*, round(power(1.1, p50 + 0.5) - 1)::bigint as p50_ms,
        round(power(1.1, p95 + 0.5) - 1)::bigint as p95_ms
      from totals t left join percentiles p using (since, destination)
      order by since, destination
      """
          .formatted(SELECTED);

  private static final Sql WHOLE = Sql.of(INTERVALS.formatted("cast(:since as timestamptz)"));

  private static final Sql BUDGETS =
      Sql.of(
          """
          select destination, sum(counted) as counted, sum(late) as late, min(minute) as since
          from destination_minute where minute >= now() - :seconds * interval '1 s'
          group by destination order by destination
          """);

  private static final Sql NEWEST = Sql.of("select max(minute) as newest from destination_minute");

  /** The budgets of the newest minute, cached because their sum reads very many rows. */
  private record CachedBudgets(Optional<OffsetDateTime> newest, List<DestinationBudget> budgets) {}

  private final DataSource database;
  private volatile CachedBudgets cached = new CachedBudgets(Optional.empty(), List.of());

  DestinationHistory(DataSource database) {
    this.database = database;
  }

  /**
   * The intervals of a destination, oldest first; none for minutes without a row.
   *
   * @param since the first interval is the one that contains this time
   * @param until excluded
   */
  public List<Interval> of(
      String destination, Step step, OffsetDateTime since, OffsetDateTime until)
      throws SQLException {
    OffsetDateTime begin = since.withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(step.unit);
    return read(step.sql(), Optional.of(destination), begin, until);
  }

  /** The minutes of all destinations, oldest first, by destination. */
  public Map<String, List<Interval>> minutes(OffsetDateTime since, OffsetDateTime until)
      throws SQLException {
    Map<String, List<Interval>> minutes = new TreeMap<>();
    read(MINUTES, Optional.empty(), since, until)
        .forEach(
            one -> minutes.computeIfAbsent(one.destination(), name -> new ArrayList<>()).add(one));
    return minutes;
  }

  /** The whole time as one interval, by destination. */
  public Map<String, Interval> whole(OffsetDateTime since, OffsetDateTime until)
      throws SQLException {
    Map<String, Interval> whole = new TreeMap<>();
    read(WHOLE, Optional.empty(), since, until).forEach(one -> whole.put(one.destination(), one));
    return whole;
  }

  private List<Interval> read(
      Sql sql, Optional<String> destination, OffsetDateTime since, OffsetDateTime until)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      return sql.list(
          connection,
          parameters ->
              parameters.set("since", since).set("until", until).set("destination", destination),
          Interval::of);
    }
  }

  /**
   * What is left of a destination's error budget.
   *
   * @param since the first minute that is known of the last 30 days
   */
  public record DestinationBudget(String destination, ErrorBudget budget, OffsetDateTime since) {}

  /** The error budgets of the last 30 days, by name of the destination. */
  public List<DestinationBudget> budgets() throws SQLException {
    CachedBudgets known = cached;
    try (Connection connection = database.getConnection()) {
      Optional<OffsetDateTime> newest =
          NEWEST.first(connection, row -> row.getObject("newest", OffsetDateTime.class));
      if (!newest.equals(known.newest())) {
        known = new CachedBudgets(newest, readBudgets(connection));
        cached = known;
      }
    }
    return known.budgets();
  }

  private static List<DestinationBudget> readBudgets(Connection connection) throws SQLException {
    return BUDGETS.list(
        connection,
        parameters -> parameters.set("seconds", DestinationRollup.KEPT.toSeconds()),
        row ->
            new DestinationBudget(
                row.getString("destination"),
                new ErrorBudget(row.getLong("counted"), row.getLong("late")),
                row.getObject("since", OffsetDateTime.class)));
  }

  private static Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
