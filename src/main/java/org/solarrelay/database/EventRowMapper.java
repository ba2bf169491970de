package org.solarrelay.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventReader;

/** Reads events back from the record the ledger keeps of them. */
public final class EventRowMapper {

  private EventRowMapper() {}

  /**
   * The event of a row.
   *
   * @param row has event_id and the columns of {@code event} that make up its record
   */
  public static Event read(ResultSet row) throws SQLException {
    return read(row, original(row));
  }

  /**
   * The same, of a row whose record has been read.
   *
   * @param original from {@link #original}
   */
  public static Event read(ResultSet row, ConsumerRecord<byte[], byte[]> original)
      throws SQLException {
    // an explicit id that comes back after 24 h makes an event with an id that its record lacks
    return EventReader.reread(original).withId(row.getString("event_id"));
  }

  /** The record as it came from its topic. */
  public static ConsumerRecord<byte[], byte[]> original(ResultSet row) throws SQLException {
    byte[] key = row.getBytes("key");
    byte[] value = row.getBytes("value");
    return new ConsumerRecord<>(
        row.getString("topic"),
        row.getInt("partition"),
        row.getLong("offset"),
        row.getLong("timestamp_ms"),
        TimestampType.CREATE_TIME,
        key == null ? 0 : key.length,
        value.length,
        key,
        value,
        HeadersJson.read(row.getString("headers")),
        Optional.empty());
  }
}
