package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** How much is not over at each destination. */
@Singleton
public class QueueDepth {

  // a replayed one waits since its replay; the conditions on state and due_at are those of
  // delivery_due, so that the index of what is not over serves, however much else there is
  private static final String UNFINISHED =
      """
      select destination, count(*) filter (where state = 'pending') as waiting,
        min(created_at) filter (where state = 'pending') as oldest,
        count(*) filter (where state = 'running') as running,
        extract(epoch from now()
          - min(case when late then coalesce(budget_from, now()) else created_at end)) as age
      from delivery
      where state || '' in ('pending', 'running') and due_at > '-infinity'
      group by destination
      """;

  private static final String HELD =
      "select destination, count(*) as held from delivery where state = 'held' group by destination";

  private final DataSource database;

  QueueDepth(DataSource database) {
    this.database = database;
  }

  /**
   * What is not over at a destination.
   *
   * @param waiting how many deliveries are pending
   * @param oldest when the oldest of them was fanned out, null where there is none
   * @param running how many are with a pod
   * @param age for how long the first of all these has been in the queue
   */
  public record Backlog(long waiting, OffsetDateTime oldest, long running, Duration age) {

    public static final Backlog NONE = new Backlog(0, null, 0, Duration.ZERO);

    /** How many are not over. */
    long undelivered() {
      return waiting + running;
    }
  }

  /** By destination, where there is any, also for those that the configuration does not know. */
  public Map<String, Backlog> all() throws SQLException {
    Map<String, Backlog> backlogs = new HashMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(UNFINISHED);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        backlogs.put(
            row.getString("destination"),
            new Backlog(
                row.getLong("waiting"),
                row.getObject("oldest", OffsetDateTime.class),
                row.getLong("running"),
                Duration.ofMillis((long) (row.getDouble("age") * 1000))));
      }
    }
    return backlogs;
  }

  /** How many deliveries wait for an operator's approval, by destination, where any do. */
  Map<String, Long> held() throws SQLException {
    Map<String, Long> held = new HashMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(HELD);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        held.put(row.getString("destination"), row.getLong("held"));
      }
    }
    return held;
  }
}
