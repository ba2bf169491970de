package org.solarrelay.delivery.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who has replayed what, and when. */
final class ReplayRepository {

  /** A replay, as the operator API shows it. */
  record Replay(OffsetDateTime at, String by) {}

  private ReplayRepository() {}

  /** Of these deliveries, oldest first; no entry for those never replayed. */
  static Map<Long, List<Replay>> of(Connection connection, Collection<Long> deliveries)
      throws SQLException {
    Map<Long, List<Replay>> replays = new HashMap<>();
    String sql = "select * from replay where delivery_id = any (?) order by at";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, connection.createArrayOf("bigint", deliveries.toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          replays
              .computeIfAbsent(row.getLong("delivery_id"), id -> new ArrayList<>())
              .add(replay(row));
        }
      }
    }
    return replays;
  }

  /** Of a message that became no event. */
  static List<Replay> ofMessage(Connection connection, String id) throws SQLException {
    List<Replay> replays = new ArrayList<>();
    String sql =
        """
        select r.* from resent r join set_aside s on s.id = r.set_aside_id
        where s.id = ? or s.receipt = ? or s.event_id = ? order by r.at
        """;
    try (PreparedStatement select = DynamicSql.prepared(connection, sql, List.of(id, id, id));
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        replays.add(replay(row));
      }
    }
    return replays;
  }

  private static Replay replay(ResultSet row) throws SQLException {
    return new Replay(row.getObject("at", OffsetDateTime.class), row.getString("by"));
  }
}
