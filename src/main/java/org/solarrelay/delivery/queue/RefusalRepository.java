package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.solarrelay.database.Transaction;

/**
 * The deliveries that a destination refused as it refuses a wrong key, for all pods together. A
 * refusal counts as the delivery's own once a delivery of another record, started after the first
 * refusal, has passed.
 */
@Singleton
public class RefusalRepository {

  private static final String REFUSE =
      """
      insert into refused_delivery as r (delivery_id, destination, record)
      select id, destination, record from delivery where id = any (?)
      on conflict (delivery_id) do update
      set own_refusals = r.own_refusals + case when ? and r.disproved_at is not null then 1 else 0 end
      returning delivery_id, disproved_at is not null as disproved, own_refusals
      """;

  private static final String REFUSED =
      "select delivery_id from refused_delivery where destination = ?";

  // the state as an expression, for the reason that AttemptRepository gives
  private static final String UNFINISHED =
      """
      select id from delivery where id = any (?) and state || '' in ('pending', 'running')
      """;

  private static final String DISPROVE =
      """
      update refused_delivery set disproved_at = now()
      where destination = ? and disproved_at is null and record <> ?
        and refused_at < now() - ? * interval '1 ms'
      returning delivery_id
      """;

  private static final String DUE_AT_ONCE =
      """
      update delivery set due_at = least(due_at, now())
      where id = any (?) and state || '' = 'pending' and due_at > '-infinity'
      """;

  private static final String END = "delete from refused_delivery where delivery_id = any (?)";

  /**
   * What is known of a refused delivery.
   *
   * @param own whether the destination accepts the key for other records
   * @param ownRefusals how many refusals came after that was known
   */
  public record Refusal(boolean own, int ownRefusals) {}

  private final DataSource database;

  RefusalRepository(DataSource database) {
    this.database = database;
  }

  /**
   * Records one more refusal of each delivery; by the delivery's id, what is known of it.
   *
   * @param counts whether the refusals count as the deliveries' own where they are
   */
  public Map<Long, Refusal> refused(List<Delivery> deliveries, boolean counts) throws SQLException {
    return Transaction.call(
        database,
        connection -> {
          Map<Long, Refusal> known = new HashMap<>();
          try (PreparedStatement refuse = connection.prepareStatement(REFUSE)) {
            Object[] ids = deliveries.stream().map(Delivery::id).distinct().sorted().toArray();
            refuse.setArray(1, connection.createArrayOf("bigint", ids));
            refuse.setBoolean(2, counts);
            try (ResultSet row = refuse.executeQuery()) {
              while (row.next()) {
                known.put(
                    row.getLong("delivery_id"),
                    new Refusal(row.getBoolean("disproved"), row.getInt("own_refusals")));
              }
            }
          }
          return known;
        });
  }

  /**
   * A delivery of {@code record} passed: refusals of other records that came before its start are
   * their own. Those deliveries are due at once.
   *
   * @param sinceStart how long ago the attempt that passed began
   */
  public void disprove(String destination, String record, Duration sinceStart) throws SQLException {
    Transaction.run(
        database,
        connection -> {
          List<Long> refused = ids(connection, REFUSED, row -> row.setString(1, destination));
          if (refused.isEmpty()) {
            return;
          }
          List<Long> over = new ArrayList<>(refused);
          over.removeAll(
              ids(connection, UNFINISHED, row -> row.setArray(1, bigints(connection, refused))));
          update(connection, END, over);
          List<Long> own =
              ids(
                  connection,
                  DISPROVE,
                  row -> {
                    row.setString(1, destination);
                    row.setString(2, record);
                    row.setLong(3, sinceStart.toMillis());
                  });
          update(connection, DUE_AT_ONCE, own);
        });
  }

  /** The deliveries are about to end: a replay begins without their refusals. */
  public void forget(List<Delivery> deliveries) throws SQLException {
    List<Long> ids = deliveries.stream().map(Delivery::id).toList();
    Transaction.run(database, connection -> update(connection, END, ids));
  }

  private interface Binding {
    void to(PreparedStatement statement) throws SQLException;
  }

  private static List<Long> ids(Connection connection, String sql, Binding binding)
      throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      binding.to(statement);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          ids.add(row.getLong(1));
        }
      }
    }
    return ids;
  }

  private static void update(Connection connection, String sql, List<Long> ids)
      throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, bigints(connection, ids));
      statement.executeUpdate();
    }
  }

  private static Array bigints(Connection connection, List<Long> ids) throws SQLException {
    return connection.createArrayOf("bigint", ids.toArray());
  }
}
