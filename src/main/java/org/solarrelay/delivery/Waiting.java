package org.solarrelay.delivery;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** What waits at each destination, for whoever watches over days. */
@Singleton
class Waiting {

  // a replayed one waits since its replay; the condition on due_at is that of the index
  private static final String UNDELIVERED =
      """
      select destination, count(*) as deliveries,
        extract(epoch from now()
          - min(case when late then coalesce(budget_from, now()) else created_at end)) as oldest
      from delivery
      where state in ('pending', 'running') and due_at > '-infinity'
      group by destination
      """;

  private static final String HELD =
      "select destination, count(*) as held from delivery where state = 'held' group by destination";

  private final DataSource database;

  Waiting(DataSource database) {
    this.database = database;
  }

  /**
   * What waits at a destination.
   *
   * @param undelivered deliveries that are not over, those under way included
   * @param oldest for how long the first of them has been in the queue
   * @param held deliveries that wait for an operator's approval
   */
  record Figures(long undelivered, Duration oldest, long held) {

    static final Figures NONE = new Figures(0, Duration.ZERO, 0);
  }

  /** Those of destinations at which anything waits. */
  Map<String, Figures> figures() throws SQLException {
    try (Connection connection = database.getConnection()) {
      Map<String, Figures> found = new HashMap<>();
      Map<String, Long> held = held(connection);
      held.forEach((name, count) -> found.put(name, new Figures(0, Duration.ZERO, count)));
      try (PreparedStatement select = connection.prepareStatement(UNDELIVERED);
          ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String name = row.getString("destination");
          Duration oldest = Duration.ofMillis((long) (row.getDouble("oldest") * 1000));
          long waiting = row.getLong("deliveries");
          found.put(name, new Figures(waiting, oldest, held.getOrDefault(name, 0L)));
        }
      }
      return found;
    }
  }

  private static Map<String, Long> held(Connection connection) throws SQLException {
    Map<String, Long> held = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(HELD);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        held.put(row.getString("destination"), row.getLong("held"));
      }
    }
    return held;
  }
}
