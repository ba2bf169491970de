package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.solarrelay.database.HeadersJson;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.event.RecordPosition;
import org.solarrelay.topic.ReplayedRecord;
import org.solarrelay.topic.client.AppendResult;
import org.solarrelay.topic.client.RecordPublisher;

/**
 * Messages that became dead letters before they became events: lists them, and sends them to their
 * topics again, as they were, once what they failed on is fixed.
 */
@Singleton
public class DeadLetterReplay {

  /** Selects dead messages as {@link DeliveryFilter} does deliveries. */
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

    /** Selects those with this receipt, event id or record position. */
    public static Filter of(String id) {
      return ALL.and("? in (id, receipt, event_id)", id);
    }

    /** Selects those that failed in this stage: translate, fan-out or the id of a route. */
    public Filter stage(String name) {
      return and("stage = ?", name);
    }

    /** Selects those of this source; of what failed in fan-out, of this topic. */
    public Filter source(String name) {
      return and("source = ?", name);
    }

    /** Selects those whose reason contains this text, upper and lower case alike. */
    public Filter reason(String text) {
      return new Filter(criteria.andContains("reason", text));
    }

    /** Selects those that were first sent then or later. */
    public Filter since(OffsetDateTime time) {
      return and("at >= ?", time);
    }

    /** Selects those that were first sent before. */
    public Filter until(OffsetDateTime time) {
      return and("at < ?", time);
    }

    /** Selects those that are listed after this one. */
    public Filter after(OffsetDateTime at, String id) {
      return and("(at, id) < (?, ?)", at, id);
    }

    private Filter and(String condition, Object... values) {
      return new Filter(criteria.and(condition, values));
    }

    /** Only those whose bytes are in the ledger can be sent. */
    private SqlCriteria replayable() {
      return criteria.and("topic is not null");
    }
  }

  /**
   * A message that became no event.
   *
   * @param id the webhook's receipt, or the record position
   * @param topic null where its bytes are only on the topic of dead letters
   * @param receipt of the webhook that an event was made of
   * @param at when it was first sent
   * @param replayable whether the ledger has its bytes
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

  // in the order in which they came, so that those of one record keep it
  private static final String NEXT =
      """
      with found as (
        select id, at, octet_length(value) + octet_length(headers) as size from set_aside %s
        and id <> all (?) order by at, id limit ? for update),
      sized as (
        select id, sum(size) over (
          order by at, id rows between unbounded preceding and 1 preceding) as before from found)
      select s.* from set_aside s join sized on sized.id = s.id
      where coalesce(sized.before, 0) <= ? order by s.at, s.id
      """;

  private static final String MARK =
      "update set_aside set state = 'resent', reason = ?, recorded_at = now() where id = ?";

  private static final String TELL = "insert into resent (set_aside_id, by) values (?, ?)";

  private static final String KEEP =
      "update set_aside set reason = ?, recorded_at = now() where id = ?";

  private static final int BATCH = 50;

  private final DataSource database;
  private final RecordPublisher log;

  /** Their bodies are in memory meanwhile. */
  private final long bytes;

  DeadLetterReplay(DataSource database, RecordPublisher log, JsonMemory memory) {
    this.database = database;
    this.log = log;
    this.bytes = memory.batchBytes();
  }

  /** Dead messages that fit, newest first. */
  public List<DeadMessage> find(Filter filter, int limit) throws SQLException {
    String sql =
        """
        select id, state, stage, source, reason, topic, receipt, event_id, at from set_aside %s
        order by at desc, id desc limit ?
        """
            .formatted(filter.criteria.where());
    List<DeadMessage> found = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            DynamicSql.prepared(connection, sql, filter.criteria.valuesAnd(limit));
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        found.add(message(row));
      }
    }
    return found;
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

  /** How many of those that fit can be sent again. */
  public long count(Filter filter) throws SQLException {
    SqlCriteria criteria = filter.replayable();
    String sql = "select count(*) from set_aside" + criteria.where();
    try (Connection connection = database.getConnection();
        PreparedStatement select = DynamicSql.prepared(connection, sql, criteria.values());
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * Sends what fits.
   *
   * @param limit of how many at most
   * @param by who asked for it
   * @return where on their topics they are now
   * @throws ExecutionException where Kafka does not take them; those it took are marked, but for a
   *     crash or a failure in between, after which some may be sent twice
   */
  public List<String> resend(Filter filter, int limit, String by)
      throws SQLException, ExecutionException, InterruptedException {
    List<String> places = new ArrayList<>();
    // what fails again at once is dead again before the next look: it waits for the next replay
    List<String> tried = new ArrayList<>();
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      int before = -1;
      while (tried.size() > before && places.size() < limit) {
        before = tried.size();
        resendBatch(connection, filter, limit - places.size(), by, places, tried);
        connection.commit();
      }
    }
    return places;
  }

  private void resendBatch(
      Connection connection,
      Filter filter,
      int limit,
      String by,
      List<String> places,
      List<String> tried)
      throws SQLException, ExecutionException, InterruptedException {
    List<String> ids = new ArrayList<>();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    SqlCriteria criteria = filter.replayable();
    String sql = NEXT.formatted(criteria.where());
    List<Object> values = criteria.valuesAnd(tried, Math.min(limit, BATCH), bytes);
    try (PreparedStatement select = DynamicSql.prepared(connection, sql, values);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        ids.add(row.getString("id"));
        records.add(record(row));
      }
    }
    tried.addAll(ids);
    List<AppendResult> ends = log.append(records);
    try (PreparedStatement mark = connection.prepareStatement(MARK);
        PreparedStatement keep = connection.prepareStatement(KEEP);
        PreparedStatement tell = connection.prepareStatement(TELL)) {
      for (int i = 0; i < ids.size(); i++) {
        AppendResult end = ends.get(i);
        boolean sent = end.place().isPresent();
        PreparedStatement row = sent ? mark : keep;
        row.setString(
            1, end.place().map(at -> "sent again as " + RecordPosition.of(at)).orElse(reason(end)));
        row.setString(2, ids.get(i));
        row.addBatch();
        if (sent) {
          places.add(RecordPosition.of(end.place().get()));
          tell.setString(1, ids.get(i));
          tell.setString(2, by);
          tell.addBatch();
        }
      }
      mark.executeBatch();
      keep.executeBatch();
      tell.executeBatch();
    }
  }

  private static String reason(AppendResult end) {
    return "it cannot be sent again: " + end.reason().orElse("");
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
