package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;

/** Counts the deliveries of the last day by event type and destination. */
@Singleton
public class SubscriptionCounts {

  /** How many of the newest deliveries are counted at most. */
  public static final int MOST = 20_000;

  private static final Sql COUNTS =
      Sql.of(
          """
          with newest as materialized (
            select source, event_id, destination, state, created_at from delivery
            order by id desc limit :most)
          select e.type, n.destination, count(*) as count,
            count(*) filter (where n.state = 'dead') as dead,
            count(*) filter (where n.state = 'skipped') as skipped, min(n.created_at) as since
          from newest n join event e on e.source = n.source and e.id = n.event_id
          where n.created_at > now() - interval '24 h'
          group by e.type, n.destination order by e.type, n.destination
          """);

  private final DataSource database;

  SubscriptionCounts(DataSource database) {
    this.database = database;
  }

  /**
   * The deliveries of an event type to a destination.
   *
   * @param count all of them
   * @param since when the oldest of them was created
   */
  public record Count(
      String type, String destination, long count, long dead, long skipped, OffsetDateTime since) {}

  /** The counts of the last 24 hours, or of the newest {@link #MOST} deliveries. */
  public List<Count> all() throws SQLException {
    return Transaction.call(
        database,
        connection -> {
          Transaction.readInIndexOrder(connection);
          return read(connection);
        });
  }

  private static List<Count> read(Connection connection) throws SQLException {
    return COUNTS.list(
        connection,
        parameters -> parameters.set("most", MOST),
        row ->
            new Count(
                row.getString("type"),
                row.getString("destination"),
                row.getLong("count"),
                row.getLong("dead"),
                row.getLong("skipped"),
                row.getObject("since", OffsetDateTime.class)));
  }
}
