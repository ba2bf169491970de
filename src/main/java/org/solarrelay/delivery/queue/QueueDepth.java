package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;

/** Counts the unfinished deliveries of each destination. */
@Singleton
public class QueueDepth {

  // The age of a replayed delivery begins with its replay.
  private static final Sql UNFINISHED =
      Sql.of(
          """
          select destination, count(*) filter (where leased_until is null) as waiting,
            min(created_at) filter (where leased_until is null) as oldest,
            count(leased_until) as running,
            extract(epoch from now()
              - min(case when late then coalesce(budget_from, now()) else created_at end)) as age
          from delivery_work where not held
          group by destination
          """);

  private static final Sql HELD =
      Sql.of(
          """
          select destination, count(*) as held from delivery_work where held
          group by destination
          """);

  /** The maximum number of a destination's deliveries that are read, those that are due first. */
  public static final int MOST_OF_RECORDS = 10_000;

  private static final Sql RECORDS =
      Sql.of(
          """
          select record, count(*) as unfinished, min(id) as first, min(created_at) as oldest
          from (
            select id, record, created_at from delivery_work
            where destination || '' = :destination and not held
            order by late, due_at, id + 0 limit :most) as next
          group by record order by unfinished desc, oldest limit :limit
          """);

  private final DataSource database;

  QueueDepth(DataSource database) {
    this.database = database;
  }

  /**
   * The unfinished deliveries of a destination.
   *
   * @param waiting how many deliveries are pending
   * @param oldest when fan-out added the oldest pending delivery, null without one
   * @param running how many deliveries a pod has taken
   * @param age how long the oldest unfinished delivery has been in the queue
   */
  public record Backlog(long waiting, OffsetDateTime oldest, long running, Duration age) {

    public static final Backlog NONE = new Backlog(0, null, 0, Duration.ZERO);

    /** How many deliveries are unfinished. */
    long undelivered() {
      return waiting + running;
    }
  }

  /**
   * The backlogs by destination, also of destinations that the configuration lacks; a destination
   * without a backlog has no entry.
   */
  public Map<String, Backlog> all() throws SQLException {
    Map<String, Backlog> backlogs = new HashMap<>();
    try (Connection connection = database.getConnection()) {
      UNFINISHED.forEach(
          connection,
          row ->
              backlogs.put(
                  row.getString("destination"),
                  new Backlog(
                      row.getLong("waiting"),
                      row.getObject("oldest", OffsetDateTime.class),
                      row.getLong("running"),
                      Duration.ofMillis((long) (row.getDouble("age") * 1000)))));
    }
    return backlogs;
  }

  /**
   * A record's unfinished deliveries to a destination.
   *
   * @param record its source and subject, such as {@code crm:contract-7}
   * @param first the number of the delivery for which the others wait
   */
  public record RecordBacklog(String record, long unfinished, long first, OffsetDateTime oldest) {}

  /**
   * The records with the most unfinished deliveries among the next {@link #MOST_OF_RECORDS} of a
   * destination.
   *
   * @param limit how many records at most
   */
  public List<RecordBacklog> records(String destination, int limit) throws SQLException {
    return Transaction.call(
        database,
        connection -> {
          Transaction.readInIndexOrder(connection);
          return RECORDS.list(
              connection,
              parameters ->
                  parameters
                      .set("destination", destination)
                      .set("most", MOST_OF_RECORDS)
                      .set("limit", limit),
              row ->
                  new RecordBacklog(
                      row.getString("record"),
                      row.getLong("unfinished"),
                      row.getLong("first"),
                      row.getObject("oldest", OffsetDateTime.class)));
        });
  }

  /** How many deliveries await an operator's approval, by destination; no entry for none. */
  public Map<String, Long> held() throws SQLException {
    Map<String, Long> held = new HashMap<>();
    try (Connection connection = database.getConnection()) {
      HELD.forEach(connection, row -> held.put(row.getString("destination"), row.getLong("held")));
    }
    return held;
  }
}
