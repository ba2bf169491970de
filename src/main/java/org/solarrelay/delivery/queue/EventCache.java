package org.solarrelay.delivery.queue;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.solarrelay.database.EventRowMapper;
import org.solarrelay.database.Sql;
import org.solarrelay.event.Event;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.JsonMemory;

/**
 * The newest events of this pod, parsed. Fan-out adds them, and the deliveries to all destinations
 * read them, so that a pod rarely reads and parses an event again. A stored event never changes.
 * After its deletion, an event with the same id may be sent with other data; so a delivery that is
 * newer than the cached event reads the database. Every reader gets its own copy of the data.
 */
@Singleton
public class EventCache {

  private static final Logger LOG = Logger.getLogger(EventCache.class);

  /**
   * What an event takes in addition to the tree of its data, in bytes of text ({@link JsonMemory}).
   */
  static final int OVERHEAD = 64;

  static final Sql EVENTS =
      Sql.of(
          """
          select e.source, e.id as event_id, e.topic, e.partition, e."offset", e.timestamp_ms, e.key,
            e.headers, e.value
          from unnest(:sources, :ids) as k (source, id)
            cross join lateral (
              select * from event where id = k.id and source = k.source offset 0) e
          """);

  private final Cache<EventKey, StoredEvent> parsed;
  private final long bytes;

  public EventCache(JsonMemory memory) {
    this.bytes = memory.cacheBytes();
    this.parsed =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((EventKey key, StoredEvent event) -> weight(event))
            .executor(Runnable::run)
            .build();
  }

  private static int weight(StoredEvent event) {
    return OVERHEAD + event.bytes();
  }

  /** Adds an event that is stored now. An event larger than the cache is not copied. */
  void add(EventKey key, StoredEvent event) {
    if (weight(event) <= bytes) {
      parsed.put(key, event.copy());
    } else {
      parsed.invalidate(key);
    }
  }

  /**
   * Reads events; those that are not in memory from the database.
   *
   * @param deliveries when the delivery of each event was created
   * @return the events that exist
   */
  Map<EventKey, StoredEvent> read(Connection connection, Map<EventKey, OffsetDateTime> deliveries)
      throws SQLException {
    Map<EventKey, StoredEvent> events = new HashMap<>();
    Map<EventKey, OffsetDateTime> missing = new LinkedHashMap<>();
    deliveries.forEach(
        (key, delivery) -> {
          StoredEvent found = parsed.getIfPresent(key);
          if (found != null && found.isOf(delivery)) {
            events.put(key, found.copy());
          } else {
            missing.put(key, delivery);
          }
        });
    if (!missing.isEmpty()) {
      readMissing(connection, missing, events);
    }
    return events;
  }

  private void readMissing(
      Connection connection,
      Map<EventKey, OffsetDateTime> deliveries,
      Map<EventKey, StoredEvent> events)
      throws SQLException {
    EVENTS.forEach(
        connection,
        parameters -> EventKey.bind(parameters, deliveries.keySet()),
        row -> {
          EventKey key = new EventKey(row.getString("source"), row.getString("event_id"));
          StoredEvent event = stored(row, deliveries.get(key));
          if (event.unreadable().isEmpty()) {
            add(key, event);
          }
          events.put(key, event);
        });
  }

  private static StoredEvent stored(ResultSet row, OffsetDateTime delivery) throws SQLException {
    try {
      ConsumerRecord<byte[], byte[]> original = EventRowMapper.original(row);
      int bytes = original.value().length + row.getString("headers").length();
      Event event = EventRowMapper.read(row, original);
      return StoredEvent.of(event, DeliveryOrigin.of(original), bytes, delivery);
    } catch (InvalidMessageException e) {
      return StoredEvent.unreadable("the event can no longer be read: " + e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      LOG.debugf(e, "Event %s cannot be read", row.getString("event_id"));
      return StoredEvent.unreadable("the ledger's copy of the event cannot be read");
    }
  }
}
