package org.solarrelay.delivery.queue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.solarrelay.database.Sql;

/** Reads who replayed a delivery or a message, and when. */
public final class ReplayRepository {

  private static final Sql OF_DELIVERIES =
      Sql.of("select * from replay where delivery_id = any (:deliveries) order by at");

  private static final Sql OF_MESSAGE =
      Sql.of(
          """
          select r.* from resent r join set_aside s on s.id = r.set_aside_id
          where s.id = :id or s.receipt = :id or s.event_id = :id order by r.at
          """);

  /** A replay, as the operator API shows it. */
  public record Replay(OffsetDateTime at, String by) {}

  private ReplayRepository() {}

  /** The replays of these deliveries, oldest first; a delivery without replays has no entry. */
  static Map<Long, List<Replay>> ofDeliveries(Connection connection, Collection<Long> deliveries)
      throws SQLException {
    Map<Long, List<Replay>> replays = new HashMap<>();
    OF_DELIVERIES.forEach(
        connection,
        parameters -> parameters.bigints("deliveries", deliveries),
        row ->
            replays
                .computeIfAbsent(row.getLong("delivery_id"), id -> new ArrayList<>())
                .add(replay(row)));
    return replays;
  }

  /**
   * The replays of a message that became no event, oldest first.
   *
   * @param id the id of the message, the receipt of its webhook or the id of its event
   */
  static List<Replay> ofMessage(Connection connection, String id) throws SQLException {
    return OF_MESSAGE.list(
        connection, parameters -> parameters.set("id", id), ReplayRepository::replay);
  }

  private static Replay replay(ResultSet row) throws SQLException {
    return new Replay(row.getObject("at", OffsetDateTime.class), row.getString("by"));
  }
}
