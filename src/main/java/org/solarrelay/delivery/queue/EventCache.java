package org.solarrelay.delivery.queue;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.solarrelay.database.EventRowMapper;
import org.solarrelay.database.Sql;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.JsonMemory;

/**
 * The newest events of this pod, parsed. Fan-out adds them, and the deliveries to all destinations
 * read them, so that a pod rarely reads and parses an event again. A stored event never changes.
 * Every reader gets its own copy of the data.
 */
@Singleton
public class EventCache {

  private static final Logger LOG = Logger.getLogger(EventCache.class);

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

  public EventCache(JsonMemory memory) {
    this.parsed =
        Caffeine.newBuilder()
            .maximumWeight(memory.cacheBytes())
            .weigher((EventKey key, StoredEvent event) -> event.bytes())
            .executor(Runnable::run)
            .build();
  }

  /** Adds an event that is stored now. */
  void add(EventKey key, StoredEvent event) {
    parsed.put(key, event.copy());
  }

  /** Reads events, each once; those that are not in memory from the database. */
  Map<EventKey, StoredEvent> read(Connection connection, Collection<EventKey> keys)
      throws SQLException {
    Map<EventKey, StoredEvent> events = new HashMap<>();
    Set<EventKey> missing = new LinkedHashSet<>();
    for (EventKey key : keys) {
      StoredEvent found = parsed.getIfPresent(key);
      if (found == null) {
        missing.add(key);
      } else {
        events.put(key, found.copy());
      }
    }
    if (!missing.isEmpty()) {
      readMissing(connection, List.copyOf(missing), events);
    }
    return events;
  }

  private void readMissing(
      Connection connection, List<EventKey> missing, Map<EventKey, StoredEvent> events)
      throws SQLException {
    EVENTS.forEach(
        connection,
        parameters ->
            parameters
                .texts("sources", missing.stream().map(EventKey::source).toList())
                .texts("ids", missing.stream().map(EventKey::id).toList()),
        row -> {
          EventKey key = new EventKey(row.getString("source"), row.getString("event_id"));
          StoredEvent event = stored(row);
          if (event.unreadable().isEmpty()) {
            add(key, event);
          }
          events.put(key, event);
        });
  }

  private static StoredEvent stored(ResultSet row) throws SQLException {
    try {
      ConsumerRecord<byte[], byte[]> original = EventRowMapper.original(row);
      int bytes = original.value().length + row.getString("headers").length();
      return StoredEvent.of(EventRowMapper.read(row, original), DeliveryOrigin.of(original), bytes);
    } catch (InvalidMessageException e) {
      return StoredEvent.unreadable("the event can no longer be read: " + e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      LOG.debugf(e, "Event %s cannot be read", row.getString("event_id"));
      return StoredEvent.unreadable("the ledger's copy of the event cannot be read");
    }
  }
}
