package org.solarrelay.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventReader;
import org.solarrelay.event.InvalidMessageException;

/** Reads events from rows of the ledger, which keeps the Kafka record of each event. */
public final class EventRowMapper {

  /** What an erased event says instead of its data. */
  public static final String ERASED = "an operator has erased its data";

  private EventRowMapper() {}

  /** Whether an operator has erased the event's data: an event has a value, so none is erased. */
  public static boolean isErased(ResultSet row) throws SQLException {
    return row.getBytes("value").length == 0;
  }

  /**
   * Reads an event.
   *
   * @param row has event_id and the columns of {@code event} that hold the event's Kafka record
   * @throws InvalidMessageException where the event can no longer be read, or is erased
   */
  public static Event read(ResultSet row) throws SQLException {
    return read(row, original(row));
  }

  /**
   * Reads an event of a row whose record has been read.
   *
   * @param original from {@link #original}
   */
  public static Event read(ResultSet row, ConsumerRecord<byte[], byte[]> original)
      throws SQLException {
    if (original.value().length == 0) {
      throw new InvalidMessageException(ERASED);
    }
    // an explicit id that is used again after 24 h gives an event another id than its record has
    return EventReader.reread(original).withId(row.getString("event_id"));
  }

  /** Reads the Kafka record of an event. */
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
