package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.database.HeadersJson;
import org.solarrelay.database.IndexKey;
import org.solarrelay.database.Sql;
import org.solarrelay.database.SqlParameters;
import org.solarrelay.event.Causation;
import org.solarrelay.event.ContentKey;
import org.solarrelay.event.Event;
import org.solarrelay.event.StateScope;
import org.solarrelay.identity.echo.Echo;
import org.solarrelay.topic.ReplayedRecord;

/**
 * Writes routed events and their deliveries. A duplicate, or a record read again, changes nothing.
 */
@Singleton
public class DeliveryInserter {

  private static final Sql EVENT =
      Sql.of(
          """
          insert into event (source, id, derived_from, content_scope, content_hash, type, subject,
            happened_at, receipt, topic, partition, "offset", timestamp_ms, key, headers, value,
            facets, late, cause_source, cause_id)
          values (:source, :id, :derivedFrom, :contentScope, :contentHash, :type, :subject,
            :happenedAt, :receipt, :topic, :partition, :offset, :timestamp, :key, :headers, :value,
            :facets, :late, :causeSource, :causeId)
          on conflict do nothing
          """);

  private static final Sql DELIVERY =
      Sql.of(
          """
          insert into delivery (source, event_id, destination, record, match_key, late, state)
          values (:source, :event, :destination, :record, :matchKey, :late, 'pending')
          on conflict do nothing
          """);

  private static final Sql SKIPPED =
      Sql.of(
          """
          with skipped as (
            insert into delivery (source, event_id, destination, record, match_key, late, state,
              reason, finished_at)
            values (:source, :event, :destination, :record, :matchKey, :late, 'skipped',
              :reason, now())
            on conflict do nothing returning id)
          insert into unannounced select id from skipped
          """);

  private final RelayConfig config;
  private final ReloadableConfig live;

  DeliveryInserter(ReloadableConfig live) {
    this.config = live.get();
    this.live = live;
  }

  /**
   * An event to write.
   *
   * @param id its id in the database
   */
  private record EventRow(String id, RoutedEvent routed) {}

  /**
   * A delivery to write.
   *
   * @param skipReason null where the delivery is to be attempted
   */
  private record DeliveryRow(EventRow event, String destination, String skipReason) {}

  /**
   * Writes events and their deliveries.
   *
   * @param echoes the echoes among the events, which no destination receives
   */
  void write(Connection connection, List<RoutedEvent> batch, Map<Event, Echo> echoes)
      throws SQLException {
    DeduplicationWindow window =
        DeduplicationWindow.of(connection, config, batch.stream().map(RoutedEvent::event).toList());
    DuplicateWebhooks duplicates = new DuplicateWebhooks();
    List<EventRow> events = new ArrayList<>();
    List<DeliveryRow> deliveries = new ArrayList<>();
    for (RoutedEvent routed : batch) {
      Event event = routed.event();
      DeduplicationWindow.Result result = window.resultOf(routed);
      if (result.duplicate() || event.contentKey() == null) {
        duplicates.add(result.id(), event);
      }
      if (result.duplicate()) {
        routed.derived().leaveOut();
        continue;
      }
      if (echoes.containsKey(event)) {
        routed.derived().leaveOut();
      } else {
        routed.derived().storedAs(result.id());
      }
      EventRow row = new EventRow(result.id(), routed);
      events.add(row);
      for (String destination : routed.destinations()) {
        String skipReason = skipReason(destination, echoes.get(event));
        deliveries.add(new DeliveryRow(row, destination, skipReason));
      }
    }
    EVENT.batch(connection, events, DeliveryInserter::bindEvent);
    List<DeliveryRow> pending =
        deliveries.stream().filter(delivery -> delivery.skipReason() == null).toList();
    List<DeliveryRow> skipped =
        deliveries.stream().filter(delivery -> delivery.skipReason() != null).toList();
    DELIVERY.batch(connection, pending, this::bindDelivery);
    SKIPPED.batch(
        connection,
        skipped,
        (row, delivery) -> {
          bindDelivery(row, delivery);
          row.set("reason", delivery.skipReason());
        });
    duplicates.write(connection);
  }

  private static void bindEvent(SqlParameters row, EventRow stored) throws SQLException {
    Event event = stored.routed().event();
    ConsumerRecord<byte[], byte[]> original = stored.routed().original();
    ContentKey key = event.contentKey();
    Optional<Causation> cause = Optional.ofNullable(event.causation());
    row.set("source", event.source())
        .set("id", stored.id())
        .set("derivedFrom", event.derivedId() && key == null ? event.id() : null)
        .set("contentScope", key == null ? null : key.scope())
        .set("contentHash", key == null ? null : key.content())
        .set("type", event.type())
        .set("subject", event.subject())
        .set("happenedAt", event.time())
        .set("receipt", event.receipt())
        .set("topic", original.topic())
        .set("partition", original.partition())
        .set("offset", original.offset())
        .set("timestamp", original.timestamp())
        .set("key", original.key())
        .set("headers", HeadersJson.write(original.headers()))
        .set("value", original.value())
        .texts("facets", StateScope.of(event))
        .set("late", ReplayedRecord.isReplayed(original.headers()))
        .set("causeSource", cause.map(Causation::source).orElse(null))
        .set("causeId", cause.map(Causation::id).orElse(null));
  }

  private void bindDelivery(SqlParameters row, DeliveryRow delivery) throws SQLException {
    RoutedEvent routed = delivery.event().routed();
    Event event = routed.event();
    RelayConfig.Destination settings = live.destinations().get(delivery.destination());
    row.set("source", event.source())
        .set("event", delivery.event().id())
        .set("destination", delivery.destination())
        .set("record", event.record())
        .set("matchKey", matchKey(event, settings))
        .set("late", ReplayedRecord.isReplayed(routed.original().headers()));
  }

  private String skipReason(String destination, Echo echo) {
    return echo == null
        ? unreachable(destination, live.destinations().get(destination))
        : echo.reason();
  }

  /** Why the destination receives no deliveries as it is configured; null where it does. */
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
