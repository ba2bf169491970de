package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.database.HeadersJson;
import org.solarrelay.database.IndexKey;
import org.solarrelay.event.Causation;
import org.solarrelay.event.ContentKey;
import org.solarrelay.event.Event;
import org.solarrelay.event.StateScope;
import org.solarrelay.identity.echo.Echo;
import org.solarrelay.topic.ReplayedRecord;

/** Writes what fan-out decided. A duplicate, or a record that is read again, changes nothing. */
@Singleton
public class DeliveryInserter {

  private static final String EVENT =
      """
      insert into event (source, id, derived_from, content_scope, content_hash, type, subject, happened_at, receipt, topic,
        partition, "offset", timestamp_ms, key, headers, value,
        facets, late, cause_source, cause_id)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
      """;

  private static final String DELIVERY =
      """
      insert into delivery (source, event_id, destination, record, match_key, late, state)
      values (?, ?, ?, ?, ?, ?, 'pending') on conflict do nothing
      """;

  private static final String SKIPPED =
      """
      with skipped as (
        insert into delivery (source, event_id, destination, record, match_key, late, state,
          reason, finished_at)
        values (?, ?, ?, ?, ?, ?, 'skipped', ?, now()) on conflict do nothing returning id)
      insert into unannounced select id from skipped
      """;

  private final RelayConfig config;
  private final ReloadableConfig live;

  DeliveryInserter(ReloadableConfig live) {
    this.config = live.get();
    this.live = live;
  }

  /**
   * @param echoes those of the events that nobody needs to hear of
   */
  void write(Connection connection, List<RoutedEvent> batch, Map<Event, Echo> echoes)
      throws SQLException {
    DeduplicationWindow window =
        DeduplicationWindow.of(connection, config, batch.stream().map(RoutedEvent::event).toList());
    try (PreparedStatement event = connection.prepareStatement(EVENT);
        PreparedStatement delivery = connection.prepareStatement(DELIVERY);
        PreparedStatement skipped = connection.prepareStatement(SKIPPED);
        DuplicateWebhooks duplicates = new DuplicateWebhooks(connection)) {
      for (RoutedEvent fanned : batch) {
        DeduplicationWindow.Result result = window.resultOf(fanned);
        if (result.duplicate() || fanned.event().contentKey() == null) {
          duplicates.add(result.id(), fanned.event());
        }
        if (result.duplicate()) {
          fanned.derived().leaveOut();
          continue;
        }
        if (echoes.containsKey(fanned.event())) {
          fanned.derived().leaveOut();
        } else {
          fanned.derived().storedAs(result.id());
        }
        bind(event, result.id(), fanned.event(), fanned.original());
        for (String destination : fanned.destinations()) {
          String reason = reasonToSkip(destination, echoes.get(fanned.event()));
          if (reason == null) {
            bind(delivery, result.id(), fanned, destination);
            delivery.addBatch();
          } else {
            bind(skipped, result.id(), fanned, destination);
            skipped.setString(7, reason);
            skipped.addBatch();
          }
        }
      }
      event.executeBatch();
      delivery.executeBatch();
      skipped.executeBatch();
      duplicates.write();
    }
  }

  private static void bind(
      PreparedStatement row, String id, Event event, ConsumerRecord<byte[], byte[]> original)
      throws SQLException {
    ContentKey key = event.contentKey();
    row.setString(1, event.source());
    row.setString(2, id);
    row.setString(3, event.derivedId() && key == null ? event.id() : null);
    row.setString(4, key == null ? null : key.scope());
    row.setString(5, key == null ? null : key.content());
    row.setString(6, event.type());
    row.setString(7, event.subject());
    row.setObject(8, event.time());
    row.setString(9, event.receipt());
    row.setString(10, original.topic());
    row.setInt(11, original.partition());
    row.setLong(12, original.offset());
    row.setLong(13, original.timestamp());
    row.setBytes(14, original.key());
    row.setString(15, HeadersJson.write(original.headers()));
    row.setBytes(16, original.value());
    row.setArray(17, row.getConnection().createArrayOf("text", StateScope.of(event).toArray()));
    row.setBoolean(18, ReplayedRecord.is(original.headers()));
    Optional<Causation> cause = Optional.ofNullable(event.causation());
    row.setString(19, cause.map(Causation::source).orElse(null));
    row.setString(20, cause.map(Causation::id).orElse(null));
    row.addBatch();
  }

  private String reasonToSkip(String destination, Echo echo) {
    return echo == null
        ? unreachable(destination, live.destinations().get(destination))
        : echo.reason();
  }

  private void bind(PreparedStatement row, String id, RoutedEvent fanned, String destination)
      throws SQLException {
    Event event = fanned.event();
    row.setString(1, event.source());
    row.setString(2, id);
    row.setString(3, destination);
    row.setString(4, event.record());
    row.setString(5, matchKey(event, live.destinations().get(destination)));
    row.setBoolean(6, ReplayedRecord.is(fanned.original().headers()));
  }

  /** Why nothing can be delivered there; null where it can. */
  public static String unreachable(String destination, RelayConfig.Destination settings) {
    if (settings == null) {
      return "there is no destination %s in the configuration".formatted(destination);
    }
    return settings.whyOff().map(why -> "%s is off: %s".formatted(destination, why)).orElse(null);
  }

  private static String matchKey(Event event, RelayConfig.Destination settings) {
    if (settings == null || settings.matchesBy().isEmpty()) {
      return null;
    }
    JsonNode value = event.data().path(settings.matchesBy().get());
    if (!value.isTextual()) {
      return null;
    }
    return IndexKey.of(value.asText().trim().toLowerCase(Locale.ROOT));
  }
}
