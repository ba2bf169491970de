package org.solarrelay.delivery;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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
class RefusalRepository {

  private static final String REFUSE =
      """
      insert into refused_delivery as r (delivery_id, destination, record)
      select id, destination, record from delivery where id = any (?)
      on conflict (delivery_id) do update
      set own_refusals = r.own_refusals + case when ? and r.disproved_at is not null then 1 else 0 end
      returning delivery_id, disproved_at is not null as disproved, own_refusals
      """;

  private static final String DISPROVE =
      """
      with disproved as (
        update refused_delivery set disproved_at = now()
        where destination = ? and disproved_at is null and record <> ?
          and refused_at < now() - ? * interval '1 ms'
        returning delivery_id)
      update delivery set due_at = least(due_at, now())
      where id in (select delivery_id from disproved) and state = 'pending'
        and due_at > '-infinity'
      """;

  private static final String FORGET =
      """
      delete from refused_delivery r
      where r.destination = ? and not exists (
        select from delivery d where d.id = r.delivery_id and d.state in ('pending', 'running'))
      """;

  private static final String END = "delete from refused_delivery where delivery_id = any (?)";

  /**
   * What is known of a refused delivery.
   *
   * @param own whether the destination accepts the key for other records
   * @param ownRefusals how many refusals came after that was known
   */
  record Refusal(boolean own, int ownRefusals) {}

  private final DataSource database;

  RefusalRepository(DataSource database) {
    this.database = database;
  }

  /**
   * Records one more refusal of each delivery; by the delivery's id, what is known of it.
   *
   * @param counts whether the refusals count as the deliveries' own where they are
   */
  Map<Long, Refusal> refused(List<Delivery> deliveries, boolean counts) throws SQLException {
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
  void disprove(String destination, String record, Duration sinceStart) throws SQLException {
    Transaction.run(
        database,
        connection -> {
          forget(connection, destination);
          try (PreparedStatement disprove = connection.prepareStatement(DISPROVE)) {
            disprove.setString(1, destination);
            disprove.setString(2, record);
            disprove.setLong(3, sinceStart.toMillis());
            disprove.executeUpdate();
          }
        });
  }

  /** The deliveries are about to end: a replay begins without their refusals. */
  void forget(List<Delivery> deliveries) throws SQLException {
    Transaction.run(
        database,
        connection -> {
          try (PreparedStatement end = connection.prepareStatement(END)) {
            Object[] ids = deliveries.stream().map(Delivery::id).toArray();
            end.setArray(1, connection.createArrayOf("bigint", ids));
            end.executeUpdate();
          }
        });
  }

  private static void forget(Connection connection, String destination) throws SQLException {
    try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
      forget.setString(1, destination);
      forget.executeUpdate();
    }
  }
}
