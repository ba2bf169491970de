package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.solarrelay.activity.Activity;
import org.solarrelay.activity.ActivityAction;
import org.solarrelay.activity.ActivityLog;
import org.solarrelay.activity.SubjectKind;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;

/**
 * Stores bulk replays, each with its items and its progress. A replay's row and the deliveries of a
 * batch change in one transaction, so the counts are exact after a crash.
 */
@Singleton
public class BulkReplayRepository {

  /**
   * A batch of a running replay.
   *
   * @param fromState the state that its deliveries have while they wait for the replay
   */
  record Batch(BulkReplay replay, DeliveryState fromState, List<Item> items) {}

  /**
   * A delivery or a message that a replay takes.
   *
   * @param position the place in the replay's order, from 1
   * @param delivery the delivery's number; 0 for a message
   * @param message the message's id; null for a delivery
   */
  record Item(int position, long delivery, String message) {}

  /** What a batch has done, for the counts of its replay. */
  record Done(int position, int replayed, int superseded, int refused) {}

  private static final Sql CREATE =
      Sql.of(
          """
          insert into bulk_replay (what, filter, from_state, matched, selected, state, by)
          values (:what, :filter, :fromState, :matched, 0, 'running', :by)
          returning id
          """);

  private static final String ADD_DELIVERIES =
      """
      insert into bulk_replay_item (replay_id, position, delivery_id)
      select :replay, row_number() over (order by id), id
      from (select d.id %s order by d.id limit :limit) selected
      """;

  private static final String ADD_MESSAGES =
      """
      insert into bulk_replay_item (replay_id, position, message_id)
      select :replay, row_number() over (order by at, id), id
      from (select at, id from set_aside %s order by at, id limit :limit) selected
      """;

  private static final Sql SET_SELECTED =
      Sql.of(
          """
          update bulk_replay set selected = :selected,
            state = case when :selected = 0 then 'finished' else state end,
            ended_at = case when :selected = 0 then now() end
          where id = :replay
          """);

  private static final Sql FIND = Sql.of("select * from bulk_replay where id = :replay");

  private static final Sql LIST =
      Sql.of(
          """
          select * from bulk_replay
          where id < :before and (:state = '' or state = :state) order by id desc limit :limit
          """);

  private static final Sql LOCK =
      Sql.of("select * from bulk_replay where id = :replay and state = 'running' for update");

  private static final Sql ITEMS =
      Sql.of(
          """
          select * from bulk_replay_item
          where replay_id = :replay and position > :position order by position limit :limit
          """);

  private static final Sql ADVANCE =
      Sql.of(
          """
          update bulk_replay set position = :position, replayed = replayed + :replayed,
            superseded = superseded + :superseded, refused = refused + :refused,
            changed_at = clock_timestamp(),
            state = case when :position >= selected then 'finished' else state end,
            ended_at = case when :position >= selected then clock_timestamp() end
          where id = :replay
          """);

  private static final Sql STOP =
      Sql.of(
          """
          update bulk_replay set state = 'stopped', stopped_by = :by, reason = :reason,
            changed_at = clock_timestamp(), ended_at = clock_timestamp()
          where id = :replay and state = 'running'
          """);

  private static final Sql DELETE_ITEMS =
      Sql.of(
          """
          delete from bulk_replay_item i using bulk_replay r
          where r.id = :replay and i.replay_id = r.id and r.state <> 'running'
          """);

  private static final Sql LEAST_RECENT =
      Sql.of(
          """
          select id from bulk_replay
          where state = 'running'
            and (id = any (:own) or changed_at < now() - :idle * interval '1 ms')
          order by changed_at limit 1
          """);

  private static final Sql LAST_CHANGE =
      Sql.of("select max(changed_at) as at from bulk_replay where state = 'running'");

  private final DataSource database;

  BulkReplayRepository(DataSource database) {
    this.database = database;
  }

  /** Selects the deliveries of a replay, the oldest ones. */
  BulkReplay create(DeliveryFilter filter, DeliveryState from, String words, int limit, String by)
      throws SQLException {
    return Transaction.call(
        database,
        connection -> {
          long id =
              insert(
                  connection,
                  BulkReplay.What.DELIVERIES,
                  from,
                  words,
                  DeliveryReplay.count(connection, filter),
                  by);
          SqlCriteria criteria = filter.criteria();
          return select(
              connection,
              id,
              Sql.of(ADD_DELIVERIES.formatted(DeliveryReplay.FROM + criteria.where())),
              criteria,
              limit);
        });
  }

  /** Selects the messages of a replay, the oldest ones. */
  BulkReplay create(DeadLetterReplay.Filter filter, String words, int limit, String by)
      throws SQLException {
    return Transaction.call(
        database,
        connection -> {
          long id =
              insert(
                  connection,
                  BulkReplay.What.MESSAGES,
                  DeliveryState.DEAD,
                  words,
                  DeadLetterReplay.count(connection, filter),
                  by);
          SqlCriteria criteria = filter.replayable();
          return select(
              connection, id, Sql.of(ADD_MESSAGES.formatted(criteria.where())), criteria, limit);
        });
  }

  private static long insert(
      Connection connection,
      BulkReplay.What what,
      DeliveryState from,
      String words,
      long matched,
      String by)
      throws SQLException {
    return CREATE
        .first(
            connection,
            parameters ->
                parameters
                    .set("what", what.text())
                    .set("filter", words)
                    .set("fromState", from.text())
                    .set("matched", matched)
                    .set("by", by),
            row -> row.getLong("id"))
        .orElseThrow();
  }

  private static BulkReplay select(
      Connection connection, long id, Sql addItems, SqlCriteria criteria, int limit)
      throws SQLException {
    int selected =
        addItems.update(
            connection,
            parameters ->
                parameters.setAll(criteria.values()).set("replay", id).set("limit", limit));
    SET_SELECTED.update(
        connection, parameters -> parameters.set("replay", id).set("selected", selected));
    BulkReplay created = find(connection, id).orElseThrow();
    if (created.selected() > 0) {
      ActivityLog.record(connection, activity(created));
    }
    return created;
  }

  private static Activity activity(BulkReplay created) {
    SubjectKind kind =
        switch (created.what()) {
          case DELIVERIES -> SubjectKind.DELIVERIES;
          case MESSAGES -> SubjectKind.MESSAGES;
        };
    return Activity.of(created.by(), ActivityAction.REPLAY, kind, created.filter())
        .count(created.selected())
        .details("replay " + created.id());
  }

  /** The replay with this number; empty where there is none any more. */
  public Optional<BulkReplay> find(long id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return find(connection, id);
    }
  }

  private static Optional<BulkReplay> find(Connection connection, long id) throws SQLException {
    return FIND.first(
        connection, parameters -> parameters.set("replay", id), BulkReplayRepository::replay);
  }

  /**
   * Lists replays, the newest first.
   *
   * @param state of the replays; empty for all
   * @param before a number; the replays before that one
   */
  public List<BulkReplay> find(Optional<BulkReplayState> state, long before, int limit)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      return LIST.list(
          connection,
          parameters ->
              parameters
                  .set("state", state.map(BulkReplayState::text).orElse(""))
                  .set("before", before)
                  .set("limit", limit),
          BulkReplayRepository::replay);
    }
  }

  /**
   * Stops a running replay before its next batch. The remaining items stay as they are.
   *
   * @return whether the replay was running
   */
  public boolean stop(long id, String by) throws SQLException {
    return Transaction.call(
        database,
        connection -> {
          boolean stopped = stop(connection, id, Optional.of(by), Optional.empty());
          if (stopped) {
            ActivityLog.record(
                connection, Activity.of(by, ActivityAction.STOP, SubjectKind.BULK_REPLAY, id));
          }
          return stopped;
        });
  }

  /** Stops a running replay for a reason of the relay. */
  static void stopBecause(Connection connection, long id, String reason) throws SQLException {
    stop(connection, id, Optional.empty(), Optional.of(reason));
  }

  private static boolean stop(
      Connection connection, long id, Optional<String> by, Optional<String> reason)
      throws SQLException {
    boolean stopped =
        STOP.update(
                connection,
                parameters -> parameters.set("replay", id).set("by", by).set("reason", reason))
            > 0;
    deleteItems(connection, id);
    return stopped;
  }

  /** Locks a running replay and reads its next items; empty where it has ended. */
  static Optional<Batch> lock(Connection connection, long id, int size) throws SQLException {
    record Locked(BulkReplay replay, DeliveryState fromState, int position) {}
    Optional<Locked> locked =
        LOCK.first(
            connection,
            parameters -> parameters.set("replay", id),
            row ->
                new Locked(
                    replay(row),
                    DeliveryState.of(row.getString("from_state")).orElseThrow(),
                    row.getInt("position")));
    if (locked.isEmpty()) {
      return Optional.empty();
    }
    List<Item> items =
        ITEMS.list(
            connection,
            parameters ->
                parameters
                    .set("replay", id)
                    .set("position", locked.get().position())
                    .set("limit", size),
            row ->
                new Item(
                    row.getInt("position"),
                    row.getLong("delivery_id"),
                    row.getString("message_id")));
    return Optional.of(new Batch(locked.get().replay(), locked.get().fromState(), items));
  }

  /** Adds the counts of a batch; the last batch ends the replay. */
  static void advance(Connection connection, long id, Done done) throws SQLException {
    ADVANCE.update(
        connection,
        parameters ->
            parameters
                .set("replay", id)
                .set("position", done.position())
                .set("replayed", done.replayed())
                .set("superseded", done.superseded())
                .set("refused", done.refused()));
    deleteItems(connection, id);
  }

  private static void deleteItems(Connection connection, long id) throws SQLException {
    DELETE_ITEMS.update(connection, parameters -> parameters.set("replay", id));
  }

  /**
   * The running replay that has waited longest for its next batch.
   *
   * @param own the replays that this pod has begun
   * @param idleMillis after which this pod continues the replay of another pod
   */
  Optional<Long> leastRecent(Collection<Long> own, long idleMillis) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return LEAST_RECENT.first(
          connection,
          parameters -> parameters.bigints("own", own).set("idle", idleMillis),
          row -> row.getLong("id"));
    }
  }

  /** When a running replay has last changed; empty where none runs. */
  public Optional<OffsetDateTime> lastChange() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return LAST_CHANGE.first(connection, row -> row.getObject("at", OffsetDateTime.class));
    }
  }

  private static BulkReplay replay(ResultSet row) throws SQLException {
    return new BulkReplay(
        row.getLong("id"),
        BulkReplayState.of(row.getString("state")).orElseThrow(),
        BulkReplay.What.valueOf(row.getString("what").toUpperCase(Locale.ROOT)),
        row.getString("filter"),
        row.getLong("matched"),
        row.getInt("selected"),
        row.getInt("replayed"),
        row.getInt("superseded"),
        row.getInt("refused"),
        row.getInt("selected") - row.getInt("position"),
        row.getString("reason"),
        row.getString("by"),
        row.getString("stopped_by"),
        row.getObject("started_at", OffsetDateTime.class),
        row.getObject("ended_at", OffsetDateTime.class));
  }
}
