package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.solarrelay.activity.Activity;
import org.solarrelay.activity.ActivityAction;
import org.solarrelay.activity.ActivityLog;
import org.solarrelay.activity.SubjectKind;
import org.solarrelay.database.HeadersJson;
import org.solarrelay.database.Sql;
import org.solarrelay.database.SqlParameters;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.event.RecordPosition;
import org.solarrelay.topic.ReplayedRecord;
import org.solarrelay.topic.client.AppendResult;
import org.solarrelay.topic.client.RecordPublisher;

/**
 * Lists dead messages, which failed before they became events, and replays them. A replay sends a
 * message unchanged to its topic again.
 */
@Singleton
public class DeadLetterReplay {

  /** Selects dead messages as {@link DeliveryFilter} selects deliveries. */
  public static final class Filter {

    private static final Filter ALL = new Filter(SqlCriteria.NONE.and("state = 'dead'"));

    private final SqlCriteria criteria;

    private Filter(SqlCriteria criteria) {
      this.criteria = criteria;
    }

    /** Selects all dead messages. */
    public static Filter all() {
      return ALL;
    }

    /** Selects messages with this receipt, event id or record position. */
    public static Filter of(String id) {
      return ALL.and(":id in (id, receipt, event_id)", "id", id);
    }

    /** Selects messages that failed in this stage: translate, fan-out or the id of a route. */
    public Filter stage(String name) {
      return and("stage = :stage", "stage", name);
    }

    /** Selects messages of this source, or of this topic where fan-out failed. */
    public Filter source(String name) {
      return and("source = :source", "source", name);
    }

    /** Selects messages whose reason contains this text, ignoring upper and lower case. */
    public Filter reason(String text) {
      return new Filter(criteria.andContains("reason", "reason", text));
    }

    /** Selects the messages of a {@link DeadLetterGroups} group. */
    public Filter fingerprint(String text) {
      return and(DeadGroupFingerprint.ofMessage() + " = :fingerprint", "fingerprint", text);
    }

    private Filter among(List<String> ids) {
      return and("id = any (:ids)", "ids", ids);
    }

    /** Selects messages that were first sent at this time or later. */
    public Filter since(OffsetDateTime time) {
      return and("at >= :since", "since", time);
    }

    /** Selects messages that were first sent before this time. */
    public Filter until(OffsetDateTime time) {
      return and("at < :until", "until", time);
    }

    /** Selects messages that are listed after this one. */
    public Filter after(OffsetDateTime at, String id) {
      return new Filter(
          criteria.and("(at, id) < (:afterAt, :afterId)", Map.of("afterAt", at, "afterId", id)));
    }

    private Filter and(String condition, String name, Object value) {
      return new Filter(criteria.and(condition, name, value));
    }

    private Activity activity(String by) {
      Object id = criteria.values().get("id");
      return id == null
          ? Activity.of(by, ActivityAction.REPLAY, SubjectKind.MESSAGES, criteria.summary())
          : Activity.of(by, ActivityAction.REPLAY, SubjectKind.MESSAGE, id);
    }

    /** Only messages whose bytes are in the database can be sent. */
    SqlCriteria replayable() {
      return criteria.and("topic is not null");
    }
  }

  /**
   * A message that became no event.
   *
   * @param id the webhook's receipt, or the record position
   * @param topic null where its bytes are only on {@code solar.dead-letters}
   * @param receipt of the webhook from which an event was made
   * @param at when it was first sent
   * @param replayable whether the database has its bytes
   */
  public record DeadMessage(
      String id,
      MessageState state,
      String stage,
      String source,
      String reason,
      String topic,
      String receipt,
      String eventId,
      OffsetDateTime at,
      boolean replayable) {}

  // in the order in which they were first sent, which keeps the order of each record
  private static final String NEXT =
      """
      with found as (
        select id, at, octet_length(value) + octet_length(headers) as size from set_aside %s
        and id <> all (:tried) order by at, id limit :limit for update),
      sized as (
        select id, sum(size) over (
          order by at, id rows between unbounded preceding and 1 preceding) as before from found)
      select s.* from set_aside s join sized on sized.id = s.id
      where coalesce(sized.before, 0) <= :bytes order by s.at, s.id
      """;

  private static final Sql MARK_RESENT =
      Sql.of(
          """
          update set_aside set state = 'resent', reason = :reason, recorded_at = now()
          where id = :id
          """);

  private static final Sql RECORD =
      Sql.of("insert into resent (set_aside_id, by) values (:id, :by)");

  private static final Sql KEEP_DEAD =
      Sql.of("update set_aside set reason = :reason, recorded_at = now() where id = :id");

  private static final Sql STORED =
      Sql.of(
          """
          select topic, key, value, headers, at from set_aside
          where id = :id and topic is not null and state = 'dead'
          """);

  private static final int BATCH = 50;

  private final DataSource database;
  private final RecordPublisher kafka;

  /** How many bytes of messages may be in memory at once. */
  private final long bytes;

  DeadLetterReplay(DataSource database, RecordPublisher kafka, JsonMemory memory) {
    this.database = database;
    this.kafka = kafka;
    this.bytes = memory.batchBytes();
  }

  /** The dead messages that the filter selects, newest first. */
  public List<DeadMessage> find(Filter filter, int limit) throws SQLException {
    String sql =
        """
        select id, state, stage, source, reason, topic, receipt, event_id, at from set_aside %s
        order by at desc, id desc limit :limit
        """;
    try (Connection connection = database.getConnection()) {
      return Sql.of(sql.formatted(filter.criteria.where()))
          .list(
              connection,
              parameters -> parameters.setAll(filter.criteria.values()).set("limit", limit),
              DeadLetterReplay::message);
    }
  }

  private static DeadMessage message(ResultSet row) throws SQLException {
    String topic = row.getString("topic");
    return new DeadMessage(
        row.getString("id"),
        MessageState.of(row.getString("state")),
        row.getString("stage"),
        row.getString("source"),
        row.getString("reason"),
        topic,
        row.getString("receipt"),
        row.getString("event_id"),
        row.getObject("at", OffsetDateTime.class),
        topic != null);
  }

  /**
   * The record of a dead message as it was first sent, at the first position of its topic.
   *
   * @param id the webhook's receipt, or the record position
   * @return empty where no dead message has this id, or the database does not have its bytes
   */
  public Optional<ConsumerRecord<byte[], byte[]>> stored(String id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return STORED.first(
          connection, parameters -> parameters.set("id", id), DeadLetterReplay::stored);
    }
  }

  private static ConsumerRecord<byte[], byte[]> stored(ResultSet row) throws SQLException {
    return new ConsumerRecord<>(
        row.getString("topic"),
        0,
        0,
        row.getObject("at", OffsetDateTime.class).toInstant().toEpochMilli(),
        TimestampType.CREATE_TIME,
        ConsumerRecord.NULL_SIZE,
        ConsumerRecord.NULL_SIZE,
        row.getBytes("key"),
        row.getBytes("value"),
        HeadersJson.read(row.getString("headers")),
        Optional.empty());
  }

  /** How many of the messages that the filter selects can be sent again. */
  public long count(Filter filter) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return count(connection, filter);
    }
  }

  static long count(Connection connection, Filter filter) throws SQLException {
    SqlCriteria criteria = filter.replayable();
    return Sql.of("select count(*) from set_aside" + criteria.where())
        .first(
            connection, parameters -> parameters.setAll(criteria.values()), row -> row.getLong(1))
        .orElseThrow();
  }

  /**
   * Sends the messages that the filter selects.
   *
   * @param limit how many at most
   * @param by the operator
   * @return the record positions of the new records
   * @throws ExecutionException where Kafka rejects a message; the messages that Kafka has accepted
   *     are marked as resent. After a crash or a failure of PostgreSQL, some may be sent twice
   */
  public List<String> resend(Filter filter, int limit, String by)
      throws SQLException, ExecutionException, InterruptedException {
    List<String> positions = new ArrayList<>();
    // a message that fails again at once is dead again before the next batch, and is not sent again
    List<String> tried = new ArrayList<>();
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      int before = -1;
      OptionalLong activity = OptionalLong.empty();
      while (tried.size() > before && positions.size() < limit) {
        before = tried.size();
        int size = Math.min(limit - positions.size(), BATCH);
        List<String> sent = resendBatch(connection, filter, size, by, tried);
        positions.addAll(sent);
        activity = recorded(connection, activity, filter.activity(by), sent.size());
        connection.commit();
      }
    }
    return positions;
  }

  /**
   * Sends those of the given messages that are still dead, in the caller's transaction: as many as
   * may be in memory at once, the oldest first.
   *
   * @param tried gets the ids of the messages that Kafka has taken or rejected
   * @return how many Kafka has taken
   */
  int resend(Connection connection, List<String> ids, String by, List<String> tried)
      throws SQLException, ExecutionException, InterruptedException {
    return resendBatch(connection, Filter.all().among(ids), ids.size(), by, tried).size();
  }

  /** One activity for all batches; the first that sends something records it. */
  private static OptionalLong recorded(
      Connection connection, OptionalLong activity, Activity replay, int sent) throws SQLException {
    if (sent == 0) {
      return activity;
    }
    if (activity.isEmpty()) {
      return OptionalLong.of(ActivityLog.record(connection, replay.count(sent)));
    }
    ActivityLog.addTo(connection, activity.getAsLong(), sent);
    return activity;
  }

  /** A message of the database with the record that replays it. */
  private record Replay(String id, ProducerRecord<byte[], byte[]> record) {}

  /** A message with the result of its replay. */
  private record Resent(String id, AppendResult result) {

    boolean isSent() {
      return result.place().isPresent();
    }

    String reason() {
      return result
          .place()
          .map(place -> "sent again as " + RecordPosition.of(place))
          .orElse("it cannot be sent again: " + result.reason().orElse(""));
    }
  }

  private List<String> resendBatch(
      Connection connection, Filter filter, int limit, String by, List<String> tried)
      throws SQLException, ExecutionException, InterruptedException {
    SqlCriteria criteria = filter.replayable();
    List<Replay> batch =
        Sql.of(NEXT.formatted(criteria.where()))
            .list(
                connection,
                parameters ->
                    parameters
                        .setAll(criteria.values())
                        .texts("tried", tried)
                        .set("limit", limit)
                        .set("bytes", bytes),
                row -> new Replay(row.getString("id"), record(row)));
    batch.forEach(replay -> tried.add(replay.id()));
    List<AppendResult> results = kafka.append(batch.stream().map(Replay::record).toList());
    List<Resent> all =
        IntStream.range(0, batch.size())
            .mapToObj(i -> new Resent(batch.get(i).id(), results.get(i)))
            .toList();
    List<Resent> sent = all.stream().filter(Resent::isSent).toList();
    List<Resent> rejected = all.stream().filter(one -> !one.isSent()).toList();
    MARK_RESENT.batch(connection, sent, DeadLetterReplay::bind);
    KEEP_DEAD.batch(connection, rejected, DeadLetterReplay::bind);
    RECORD.batch(connection, sent, (row, one) -> row.set("id", one.id()).set("by", by));
    return sent.stream().map(one -> RecordPosition.of(one.result().place().get())).toList();
  }

  private static void bind(SqlParameters row, Resent message) throws SQLException {
    row.set("reason", message.reason()).set("id", message.id());
  }

  private static ProducerRecord<byte[], byte[]> record(ResultSet row) throws SQLException {
    return ReplayedRecord.record(
        row.getString("topic"),
        row.getBytes("key"),
        row.getBytes("value"),
        HeadersJson.read(row.getString("headers")),
        row.getObject("at", OffsetDateTime.class).toInstant());
  }
}
