package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.solarrelay.activity.Activity;
import org.solarrelay.activity.ActivityAction;
import org.solarrelay.activity.ActivityLog;
import org.solarrelay.activity.SubjectKind;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;

/**
 * Returns finished deliveries to the queue: the same deliveries, with a new retry budget. A
 * superseded delivery is skipped instead; if it was delivered, it stays delivered.
 */
@Singleton
public class DeliveryReplay {

  // an erased event has no value, and nothing that could be sent
  static final String FROM =
      " from delivery d join event e on e.source = d.source and e.id = d.event_id"
          + " and octet_length(e.value) > 0";

  // a view's rows cannot be locked
  private static final String FROM_LEDGER = FROM + " join delivery_ledger l on l.id = d.id";

  // A replayed delivery is not due at once: a pod that read the queue before this commit may still
  // take a later delivery of the record. By the time that the replayed delivery is due, each pod
  // sees the later one in flight.
  private static final long WAIT_MILLIS = 500;

  private static final Sql LOCK_FINISHED =
      Sql.of(
          """
          select id from delivery_ledger
          where id = any (:deliveries) and state = :state order by id for update
          """);

  private static final Sql RECORD =
      Sql.of("insert into replay (delivery_id, by) select id, :by from unnest(:deliveries) as id");

  private final DataSource database;
  private final DeliveryQueue queue;
  private final SupersededCheck superseded;

  DeliveryReplay(DataSource database, DeliveryQueue queue, SupersededCheck superseded) {
    this.database = database;
    this.queue = queue;
    this.superseded = superseded;
  }

  /**
   * The result of a replay.
   *
   * @param matched how many deliveries the filter selects
   * @param replayed how many of them are back in the queue
   * @param superseded the reasons of the superseded deliveries, by their ids
   */
  public record Result(long matched, int replayed, Map<Long, String> superseded) {}

  /** How many deliveries the filter selects. */
  public long count(DeliveryFilter filter) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return count(connection, filter);
    }
  }

  /** The reason for which a replay would skip this delivery; empty where it would not. */
  public Optional<String> superseded(long id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return Optional.ofNullable(superseded.reasons(connection, List.of(id)).get(id));
    }
  }

  /**
   * Replays the deliveries that the filter selects, oldest first.
   *
   * @param filter selects finished deliveries
   * @param limit how many at most
   * @param by the operator
   */
  public Result replay(DeliveryFilter filter, int limit, String by) throws SQLException {
    Result result = Transaction.call(database, connection -> replay(connection, filter, limit, by));
    queue.wakeWorkers();
    return result;
  }

  private Result replay(Connection connection, DeliveryFilter filter, int limit, String by)
      throws SQLException {
    long matched = count(connection, filter);
    Set<Long> selected = lock(connection, filter, limit);
    Result result =
        replay(connection, matched, selected, filter.selectsOnly(DeliveryState.DELIVERED), by);
    if (!selected.isEmpty()) {
      ActivityLog.record(
          connection, activity(filter, by, result.replayed(), result.superseded().size()));
    }
    return result;
  }

  /**
   * Replays those of the given finished deliveries that still have the state, in the caller's
   * transaction.
   *
   * @param state not a state of deliveries in the queue
   */
  Result replay(Connection connection, List<Long> deliveries, DeliveryState state, String by)
      throws SQLException {
    Set<Long> selected =
        Set.copyOf(
            LOCK_FINISHED.list(
                connection,
                parameters ->
                    parameters.bigints("deliveries", deliveries).set("state", state.text()),
                row -> row.getLong("id")));
    return replay(connection, deliveries.size(), selected, state == DeliveryState.DELIVERED, by);
  }

  private Result replay(
      Connection connection, long matched, Set<Long> selected, boolean stayDelivered, String by)
      throws SQLException {
    Map<Long, String> reasons = superseded.reasons(connection, selected);
    Set<Long> returned = new HashSet<>(selected);
    returned.removeAll(reasons.keySet());
    for (Map.Entry<Long, String> one : reasons.entrySet()) {
      DeliveryLedger.skipFinished(connection, one.getKey(), one.getValue());
    }
    DeliveryLedger.returnToQueue(connection, returned, WAIT_MILLIS);
    RECORD.update(
        connection,
        parameters ->
            parameters.set("by", by).bigints("deliveries", stayDelivered ? returned : selected));
    return new Result(matched, returned.size(), reasons);
  }

  private static Activity activity(DeliveryFilter filter, String by, int replayed, int superseded) {
    Activity activity =
        filter
            .number()
            .map(number -> Activity.of(by, ActivityAction.REPLAY, SubjectKind.DELIVERY, number))
            .orElseGet(
                () ->
                    Activity.of(by, ActivityAction.REPLAY, SubjectKind.DELIVERIES, filter.summary())
                        .count(replayed));
    return superseded == 0 ? activity : activity.details(superseded + " superseded");
  }

  static long count(Connection connection, DeliveryFilter filter) throws SQLException {
    SqlCriteria criteria = filter.criteria();
    return Sql.of("select count(*)" + FROM + criteria.where())
        .first(
            connection, parameters -> parameters.setAll(criteria.values()), row -> row.getLong(1))
        .orElseThrow();
  }

  /**
   * Locks in the order of ids, so that two replays at once do not wait for each other in a circle.
   */
  private static Set<Long> lock(Connection connection, DeliveryFilter filter, int limit)
      throws SQLException {
    SqlCriteria criteria = filter.criteria();
    return Set.copyOf(
        Sql.of(
                "select d.id"
                    + FROM_LEDGER
                    + criteria.where()
                    + " order by d.id limit :limit for update of l")
            .list(
                connection,
                parameters -> parameters.setAll(criteria.values()).set("limit", limit),
                row -> row.getLong("id")));
  }
}
