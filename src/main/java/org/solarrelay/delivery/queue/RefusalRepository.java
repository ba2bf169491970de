package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;

/**
 * Stores, for all pods, the deliveries that a destination refused like a wrong key. After the
 * destination accepts a delivery of another record that started after the first refusal, the key is
 * right, and the refusal is the delivery's own.
 */
@Singleton
public class RefusalRepository {

  private static final Sql REFUSE =
      Sql.of(
          """
          insert into refused_delivery as r (delivery_id, destination, record)
          select id, destination, record from delivery_work where id = any (:deliveries)
          on conflict (delivery_id) do update
          set own_refusals = r.own_refusals
            + case when :counts and r.disproved_at is not null then 1 else 0 end
          returning delivery_id, disproved_at is not null as disproved, own_refusals
          """);

  private static final Sql REFUSED =
      Sql.of("select delivery_id from refused_delivery where destination = :destination");

  private static final Sql UNFINISHED =
      Sql.of(
          """
          select id from delivery_work where id = any (:deliveries) and held is not true
          """);

  private static final Sql DISPROVE =
      Sql.of(
          """
          update refused_delivery set disproved_at = now()
          where destination = :destination and disproved_at is null and record <> :record
            and refused_at < now() - :age * interval '1 ms'
          returning delivery_id
          """);

  private static final Sql DUE_NOW =
      Sql.of(
          """
          update delivery_work set due_at = least(due_at, now())
          where id = any (:deliveries) and leased_until is null and held is not true
          """);

  private static final Sql FORGET =
      Sql.of("delete from refused_delivery where delivery_id = any (:deliveries)");

  /**
   * What is known of a refused delivery.
   *
   * @param own whether the destination accepts the key for other records
   * @param ownRefusals how many refusals followed after that was known
   */
  public record Refusal(boolean own, int ownRefusals) {}

  private final DataSource database;

  RefusalRepository(DataSource database) {
    this.database = database;
  }

  /**
   * Records one more refusal of each delivery.
   *
   * @param counts whether to count refusals that are the deliveries' own
   * @return what is known now, by the delivery's id
   */
  public Map<Long, Refusal> refused(List<Delivery> deliveries, boolean counts) throws SQLException {
    List<Long> ids = deliveries.stream().map(Delivery::id).distinct().sorted().toList();
    return Transaction.call(
        database,
        connection -> {
          Map<Long, Refusal> known = new HashMap<>();
          REFUSE.forEach(
              connection,
              parameters -> parameters.bigints("deliveries", ids).set("counts", counts),
              row ->
                  known.put(
                      row.getLong("delivery_id"),
                      new Refusal(row.getBoolean("disproved"), row.getInt("own_refusals"))));
          return known;
        });
  }

  /**
   * The destination accepted a delivery of {@code record}: earlier refusals of other records are
   * their own, and those deliveries are due at once.
   *
   * @param sinceStart how long ago the accepted attempt began
   */
  public void disprove(String destination, String record, Duration sinceStart) throws SQLException {
    Transaction.run(
        database,
        connection -> {
          List<Long> refused =
              REFUSED.list(
                  connection,
                  parameters -> parameters.set("destination", destination),
                  row -> row.getLong("delivery_id"));
          if (refused.isEmpty()) {
            return;
          }
          List<Long> finished = new ArrayList<>(refused);
          finished.removeAll(
              UNFINISHED.list(
                  connection,
                  parameters -> parameters.bigints("deliveries", refused),
                  row -> row.getLong("id")));
          update(connection, FORGET, finished);
          List<Long> own =
              DISPROVE.list(
                  connection,
                  parameters ->
                      parameters
                          .set("destination", destination)
                          .set("record", record)
                          .set("age", sinceStart.toMillis()),
                  row -> row.getLong("delivery_id"));
          update(connection, DUE_NOW, own);
        });
  }

  /** Deletes the refusals of deliveries that are about to end: a replay begins without them. */
  public void forget(List<Delivery> deliveries) throws SQLException {
    List<Long> ids = deliveries.stream().map(Delivery::id).toList();
    Transaction.run(database, connection -> update(connection, FORGET, ids));
  }

  private static void update(Connection connection, Sql sql, List<Long> deliveries)
      throws SQLException {
    if (!deliveries.isEmpty()) {
      sql.update(connection, parameters -> parameters.bigints("deliveries", deliveries));
    }
  }
}
