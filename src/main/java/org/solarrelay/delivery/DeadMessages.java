package org.solarrelay.delivery;

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
import org.solarrelay.topic.OutboundLog;
import org.solarrelay.topic.Place;
import org.solarrelay.topic.Resent;

/**
 * Sends messages that became dead letters before they became events to their topics again, as they
 * were, once what they failed on is mended.
 */
@Singleton
class DeadMessages {

  /**
   * Which ones; null leaves a criterion out.
   *
   * @param since those first sent at or after
   */
  record Filter(String id, String stage, String source, OffsetDateTime since) {

    String where(List<Object> values) {
      StringBuilder sql = new StringBuilder(" where state = 'dead' and topic is not null");
      add(sql, values, " and id = ?", id);
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
  private static final String ORDER = " order by at, id limit ? for update";

  private static final String MARK =
      "update set_aside set state = 'resent', reason = ?, recorded_at = now() where id = ?";

  private static final String TELL = "insert into resent (set_aside_id, by) values (?, ?)";

  // their bodies are held in memory
  private static final int BATCH = 50;

  private final DataSource database;
  private final OutboundLog log;

  DeadMessages(DataSource database, OutboundLog log) {
    this.database = database;
    this.log = log;
  }

  /** How many fit. */
  long count(Filter filter) throws SQLException {
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
  List<String> resend(Filter filter, int limit, String by)
      throws SQLException, ExecutionException, InterruptedException {
    List<String> places = new ArrayList<>();
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      int sent = BATCH;
      while (sent == BATCH && places.size() < limit) {
        List<String> batch = resendBatch(connection, filter, limit - places.size(), by);
        connection.commit();
        places.addAll(batch);
        sent = batch.size();
      }
    }
    return places;
  }

  private List<String> resendBatch(Connection connection, Filter filter, int limit, String by)
      throws SQLException, ExecutionException, InterruptedException {
    List<String> ids = new ArrayList<>();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    String sql = "select * from set_aside" + filter.where(values) + ORDER;
    values.add(Math.min(limit, BATCH));
    try (PreparedStatement select = Statements.prepared(connection, sql, values);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        ids.add(row.getString("id"));
        records.add(record(row));
      }
    }
    List<String> places = log.append(records).stream().map(Place::of).toList();
    try (PreparedStatement mark = connection.prepareStatement(MARK);
        PreparedStatement tell = connection.prepareStatement(TELL)) {
      for (int i = 0; i < ids.size(); i++) {
        mark.setString(1, "sent again as " + places.get(i));
        mark.setString(2, ids.get(i));
        mark.addBatch();
        tell.setString(1, ids.get(i));
        tell.setString(2, by);
        tell.addBatch();
      }
      mark.executeBatch();
      tell.executeBatch();
    }
    return places;
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
