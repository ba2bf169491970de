package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.solarrelay.database.Transaction;

/**
 * Puts finished deliveries back into the queue: the same deliveries, to be tried anew with a whole
 * retry budget. What a later event has overtaken is skipped as superseded instead; a delivered one
 * stays delivered then.
 */
@Singleton
public class DeliveryReplay {

  private static final String FROM =
      " from delivery d join event e on e.source = d.source and e.id = d.event_id";

  // Not due at once: who has looked for due ones before this commits may still take a later one of
  // the record, and is long done by then. What is taken after that sees the other under way.
  private static final String AGAIN =
      """
      update delivery
      set state = 'pending', late = true, due_at = now() + interval '500 ms', budget_from = null,
        finished_at = null
      where id = any (?)
      """;

  private static final String SKIP =
      """
      with ended as (
        update delivery set state = 'skipped', reason = ?, finished_at = now()
        where id = ? and state <> 'delivered' returning id)
      insert into unannounced select id from ended on conflict do nothing
      """;

  private static final String TELL =
      "insert into replay (delivery_id, by) select id, ? from unnest(?) as id";

  private final DataSource database;
  private final DeliveryQueue queue;
  private final SupersededCheck superseding;

  DeliveryReplay(DataSource database, DeliveryQueue queue, SupersededCheck superseding) {
    this.database = database;
    this.queue = queue;
    this.superseding = superseding;
  }

  /**
   * What came of it.
   *
   * @param matched how many fit
   * @param replayed how many of them are back in the queue
   * @param superseded why not, by delivery, of those that have been overtaken
   */
  public record Result(long matched, int replayed, Map<Long, String> superseded) {}

  /** How many fit. */
  public long count(DeliveryFilter filter) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return count(connection, filter);
    }
  }

  /** The reason for which a replay of this delivery would skip it; empty where it would not. */
  public Optional<String> superseded(long id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return Optional.ofNullable(superseding.reasons(connection, List.of(id)).get(id));
    }
  }

  /**
   * Replays what fits, oldest first.
   *
   * @param filter of finished deliveries
   * @param limit of how many at most
   * @param by who asked for it
   */
  public Result replay(DeliveryFilter filter, int limit, String by) throws SQLException {
    Result result = Transaction.call(database, connection -> replay(connection, filter, limit, by));
    queue.wakeWorkers();
    return result;
  }

  private Result replay(Connection connection, DeliveryFilter filter, int limit, String by)
      throws SQLException {
    long matched = count(connection, filter);
    Set<Long> chosen = lock(connection, filter, limit);
    Map<Long, String> superseded = superseding.reasons(connection, chosen);
    boolean stayDelivered = filter.selectsOnly(DeliveryState.DELIVERED);
    Set<Long> again = new HashSet<>(chosen);
    again.removeAll(superseded.keySet());
    try (PreparedStatement skip = connection.prepareStatement(SKIP)) {
      for (Map.Entry<Long, String> one : superseded.entrySet()) {
        skip.setString(1, one.getValue());
        skip.setLong(2, one.getKey());
        skip.addBatch();
      }
      skip.executeBatch();
    }
    try (PreparedStatement update = connection.prepareStatement(AGAIN);
        PreparedStatement tell = connection.prepareStatement(TELL)) {
      update.setArray(1, ids(connection, again));
      update.executeUpdate();
      tell.setString(1, by);
      tell.setArray(2, ids(connection, stayDelivered ? again : chosen));
      tell.executeUpdate();
    }
    return new Result(matched, again.size(), superseded);
  }

  private static long count(Connection connection, DeliveryFilter filter) throws SQLException {
    SqlCriteria criteria = filter.criteria();
    String sql = "select count(*)" + FROM + criteria.where();
    try (PreparedStatement select = DynamicSql.prepared(connection, sql, criteria.values());
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** In the order of ids, so that two replays at once wait for one another and not both. */
  private static Set<Long> lock(Connection connection, DeliveryFilter filter, int limit)
      throws SQLException {
    SqlCriteria criteria = filter.criteria();
    String sql = "select d.id" + FROM + criteria.where() + " order by d.id limit ? for update of d";
    Set<Long> ids = new HashSet<>();
    try (PreparedStatement select =
            DynamicSql.prepared(connection, sql, criteria.valuesAnd(limit));
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        ids.add(row.getLong(1));
      }
    }
    return ids;
  }

  private static java.sql.Array ids(Connection connection, Collection<Long> ids)
      throws SQLException {
    return connection.createArrayOf("bigint", ids.toArray());
  }
}
