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
import org.solarrelay.database.StoredHeaders;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.topic.Place;
import org.solarrelay.topic.Resent;
import org.solarrelay.topic.client.Appended;
import org.solarrelay.topic.client.OutboundLog;

/**
 * Sends messages that became dead letters before they became events to their topics again, as they
 * were, once what they failed on is mended.
 */
@Singleton
public class DeadMessages {

  /**
   * Which ones; null leaves a criterion out.
   *
   * @param id a receipt, an event id or a record position
   * @param since those first sent at or after
   */
  public record Filter(String id, String stage, String source, OffsetDateTime since) {

    String where(List<Object> values) {
      StringBuilder sql = new StringBuilder(" where state = 'dead' and topic is not null");
      if (id != null) {
        sql.append(" and (id = ? or receipt = ? or event_id = ?)");
        values.addAll(List.of(id, id, id));
      }
      add(sql, values, " and stage = ?", stage);
      add(sql, values, " and source = ?", source);
      add(sql, values, " and at >= ?", since);
      return sql.toString();
    }

    private static void add(StringBuilder sql, List<Object> values, String more, Object value) {
      if (value != null) {
        sql.append(more);
        values.add(value);
      }
    }
  }

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
  private final OutboundLog log;

  /** Their bodies are in memory meanwhile. */
  private final long bytes;

  DeadMessages(DataSource database, OutboundLog log, JsonMemory memory) {
    this.database = database;
    this.log = log;
    this.bytes = memory.batchBytes();
  }

  /** How many fit. */
  public long count(Filter filter) throws SQLException {
    List<Object> values = new ArrayList<>();
    String sql = "select count(*) from set_aside" + filter.where(values);
    try (Connection connection = database.getConnection();
        PreparedStatement select = Statements.prepared(connection, sql, values);
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
    List<Object> values = new ArrayList<>();
    String sql = NEXT.formatted(filter.where(values));
    values.add(tried);
    values.add(Math.min(limit, BATCH));
    values.add(bytes);
    try (PreparedStatement select = Statements.prepared(connection, sql, values);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        ids.add(row.getString("id"));
        records.add(record(row));
      }
    }
    tried.addAll(ids);
    List<Appended> ends = log.append(records);
    try (PreparedStatement mark = connection.prepareStatement(MARK);
        PreparedStatement keep = connection.prepareStatement(KEEP);
        PreparedStatement tell = connection.prepareStatement(TELL)) {
      for (int i = 0; i < ids.size(); i++) {
        Appended end = ends.get(i);
        boolean sent = end.place().isPresent();
        PreparedStatement row = sent ? mark : keep;
        row.setString(
            1, end.place().map(at -> "sent again as " + Place.of(at)).orElse(reason(end)));
        row.setString(2, ids.get(i));
        row.addBatch();
        if (sent) {
          places.add(Place.of(end.place().get()));
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

  private static String reason(Appended end) {
    return "it cannot be sent again: " + end.reason().orElse("");
  }

  private static ProducerRecord<byte[], byte[]> record(ResultSet row) throws SQLException {
    return Resent.record(
        row.getString("topic"),
        row.getBytes("key"),
        row.getBytes("value"),
        StoredHeaders.read(row.getString("headers")),
        row.getObject("at", OffsetDateTime.class).toInstant());
  }
}
