package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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

  static final Sql EVENTS =
      Sql.of(
          """
          insert into event (source, id, derived_from, content_scope, content_hash, type, subject,
            happened_at, receipt, topic, partition, "offset", timestamp_ms, key, headers, value,
            facets, late, cause_source, cause_id)
          select source, id, derived_from, content_scope, content_hash, type, subject, happened_at,
            receipt, topic, partition, "offset", timestamp_ms, key, headers, value,
            facets::text[], late, cause_source, cause_id
          from unnest(:sources::text[], :ids::text[], :derivedFrom::text[], :contentScopes::text[],
              :contentHashes::text[], :types::text[], :subjects::text[],
              :happenedAt::timestamptz[], :receipts::text[], :topics::text[], :partitions::int[],
              :offsets::bigint[], :timestamps::bigint[], :keys::bytea[], :headers::text[],
              :values::bytea[], :facets::text[], :late::boolean[], :causeSources::text[],
              :causeIds::text[])
            as e (source, id, derived_from, content_scope, content_hash, type, subject,
              happened_at, receipt, topic, partition, "offset", timestamp_ms, key, headers, value,
              facets, late, cause_source, cause_id)
          on conflict do nothing
          returning source, id, recorded_at
          """);

  private static final String ROWS =
      """
      unnest(:sources::text[], :events::text[], :destinations::text[], :records::text[],
          :matchKeys::text[], :bytes::int[], :late::boolean[], :reasons::text[])
        as d (source, event_id, destination, record, match_key, bytes, late, reason)
      """;

  static final Sql DELIVERIES =
      Sql.of(
          """
          insert into delivery_work (source, event_id, destination, record, match_key, bytes, late)
          select source, event_id, destination, record, match_key, bytes, late from
          """
              + ROWS);

  private static final Sql SKIPPED =
      Sql.of(
          """
          with skipped as (
            insert into delivery_ledger (id, source, event_id, destination, record, match_key,
              state, late, created_at, attempts, reason)
            select nextval('delivery_number'), source, event_id, destination, record, match_key,
              'skipped', late, now(), 0, reason
            from %s
            returning id)
          insert into unannounced select id from skipped
          """
              .formatted(ROWS));

  private static final Sql LOCK =
      Sql.of("select 1 from event where source = :source and id = :id for no key update");

  private static final Sql DESTINATIONS =
      Sql.of(
          """
          select destination from delivery where event_id = :id and source = :source
          """);

  /**
   * A time as PostgreSQL reads it, whose years need no sign. The texts of the eras are given,
   * because those of a locale are "AD" in Java 17 and "CE" in Java 25.
   */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR_OF_ERA, 4, 9, SignStyle.NOT_NEGATIVE)
          .appendPattern("-MM-dd HH:mm:ss.nnnnnnnnn'+00 '")
          .appendText(ChronoField.ERA, Map.of(0L, "BC", 1L, "AD"))
          .toFormatter(Locale.ROOT);

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
   * @param headers of its record, as the database has them
   */
  private record EventRow(String id, RoutedEvent routed, String headers) {

    static EventRow of(String id, RoutedEvent routed) {
      return new EventRow(id, routed, HeadersJson.write(routed.original().headers()));
    }

    EventKey key() {
      return new EventKey(event().source(), id);
    }

    /** The event, which may have another id than in the database. */
    Event event() {
      return routed.event();
    }

    ConsumerRecord<byte[], byte[]> original() {
      return routed.original();
    }

    int bytes() {
      return original().value().length + headers.length();
    }

    boolean late() {
      return ReplayedRecord.isReplayed(original().headers());
    }
  }

  /**
   * A delivery to write.
   *
   * @param skipReason null where the delivery is to be attempted
   */
  private record DeliveryRow(EventRow event, String destination, String skipReason) {

    boolean isSkipped() {
      return skipReason != null;
    }

    EventKey key() {
      return event.key();
    }
  }

  /**
   * Writes events and their deliveries.
   *
   * @param echoes the echoes among the events, which no destination receives
   * @return the events that are new in the database
   */
  Map<EventKey, StoredEvent> write(
      Connection connection, List<RoutedEvent> batch, Map<Event, Echo> echoes) throws SQLException {
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
        result.addition().ifPresentOrElse(routed.derived()::replaceBy, routed.derived()::leaveOut);
        continue;
      }
      if (echoes.containsKey(event)) {
        routed.derived().leaveOut();
      } else {
        routed.derived().storedAs(result.id());
      }
      EventRow row = EventRow.of(result.id(), routed);
      events.add(row);
      for (String destination : routed.destinations()) {
        String skipReason = skipReason(destination, echoes.get(event));
        deliveries.add(new DeliveryRow(row, destination, skipReason));
      }
    }
    Map<EventKey, OffsetDateTime> added = events.isEmpty() ? Map.of() : insert(connection, events);
    List<DeliveryRow> missing = missing(connection, deliveries, added.keySet());
    insert(connection, DELIVERIES, missing.stream().filter(one -> !one.isSkipped()).toList());
    insert(connection, SKIPPED, missing.stream().filter(DeliveryRow::isSkipped).toList());
    duplicates.write(connection);
    return stored(events, added);
  }

  /** Inserts events; returns those that are new, with the time of the transaction. */
  private static Map<EventKey, OffsetDateTime> insert(Connection connection, List<EventRow> events)
      throws SQLException {
    Map<EventKey, OffsetDateTime> added = new HashMap<>();
    EVENTS.forEach(
        connection,
        parameters -> bindEvents(parameters, events),
        row -> added.put(EventKey.of(row), row.getObject("recorded_at", OffsetDateTime.class)));
    return added;
  }

  /**
   * The deliveries that the database lacks. An event that was stored before may have some of them:
   * its record was read again, or a route now names a further destination.
   */
  private static List<DeliveryRow> missing(
      Connection connection, List<DeliveryRow> deliveries, Set<EventKey> added)
      throws SQLException {
    Map<EventKey, Set<String>> existing = new HashMap<>();
    List<DeliveryRow> missing = new ArrayList<>();
    for (DeliveryRow delivery : deliveries) {
      EventKey key = delivery.key();
      if (!existing.containsKey(key)) {
        existing.put(key, added.contains(key) ? new HashSet<>() : destinations(connection, key));
      }
      if (existing.get(key).add(delivery.destination())) {
        missing.add(delivery);
      }
    }
    return missing;
  }

  /** The destinations that a stored event has deliveries to; another pod adds none meanwhile. */
  private static Set<String> destinations(Connection connection, EventKey key) throws SQLException {
    Sql.Binding binding = parameters -> parameters.set("source", key.source()).set("id", key.id());
    if (LOCK.first(connection, binding, row -> true).isEmpty()) {
      throw new SQLTransientException("an event was deleted while it was read again");
    }
    return new HashSet<>(
        DESTINATIONS.list(connection, binding, row -> row.getString("destination")));
  }

  private static Map<EventKey, StoredEvent> stored(
      List<EventRow> events, Map<EventKey, OffsetDateTime> added) {
    Map<EventKey, StoredEvent> stored = new LinkedHashMap<>();
    for (EventRow row : events) {
      OffsetDateTime at = added.get(row.key());
      if (at != null && !row.routed().destinations().isEmpty()) {
        DeliveryOrigin origin = DeliveryOrigin.of(row.original());
        stored.putIfAbsent(
            row.key(), StoredEvent.of(row.event().withId(row.id()), origin, row.bytes(), at));
      }
    }
    return stored;
  }

  private static void bindEvents(SqlParameters parameters, List<EventRow> rows)
      throws SQLException {
    parameters
        .texts("sources", column(rows, row -> row.key().source()))
        .texts("ids", column(rows, EventRow::id))
        .texts("derivedFrom", column(rows, DeliveryInserter::derivedFrom))
        .texts("contentScopes", contentKeys(rows, ContentKey::scope))
        .texts("contentHashes", contentKeys(rows, ContentKey::content))
        .texts("types", column(rows, row -> row.event().type()))
        .texts("subjects", column(rows, row -> row.event().subject()))
        .texts("happenedAt", column(rows, row -> time(row.event().time())))
        .texts("receipts", column(rows, row -> row.event().receipt()))
        .texts("topics", column(rows, row -> row.original().topic()))
        .array("partitions", "int", column(rows, row -> row.original().partition()))
        .bigints("offsets", column(rows, row -> row.original().offset()))
        .bigints("timestamps", column(rows, row -> row.original().timestamp()))
        .byteas("keys", column(rows, row -> row.original().key()))
        .texts("headers", column(rows, EventRow::headers))
        .byteas("values", column(rows, row -> row.original().value()))
        .texts("facets", column(rows, row -> arrayLiteral(StateScope.of(row.event()))))
        .array("late", "boolean", column(rows, EventRow::late))
        .texts("causeSources", causes(rows, Causation::source))
        .texts("causeIds", causes(rows, Causation::id));
  }

  private static String derivedFrom(EventRow row) {
    Event event = row.event();
    return event.derivedId() && event.contentKey() == null ? event.id() : null;
  }

  private static String time(OffsetDateTime time) {
    return TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC));
  }

  /** An array as a text, because arrays of different lengths make no array of two dimensions. */
  private static String arrayLiteral(List<String> texts) {
    return texts.stream()
        .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static List<String> contentKeys(List<EventRow> rows, Function<ContentKey, String> part) {
    return column(
        rows, row -> Optional.ofNullable(row.event().contentKey()).map(part).orElse(null));
  }

  private static List<String> causes(List<EventRow> rows, Function<Causation, String> part) {
    return column(rows, row -> Optional.ofNullable(row.event().causation()).map(part).orElse(null));
  }

  private static <T, R> List<T> column(List<R> rows, Function<R, T> value) {
    return rows.stream().map(value).collect(Collectors.toList());
  }

  private void insert(Connection connection, Sql sql, List<DeliveryRow> rows) throws SQLException {
    if (!rows.isEmpty()) {
      sql.update(connection, parameters -> bindDeliveries(parameters, rows));
    }
  }

  private void bindDeliveries(SqlParameters parameters, List<DeliveryRow> rows)
      throws SQLException {
    parameters
        .texts("sources", column(rows, row -> row.key().source()))
        .texts("events", column(rows, row -> row.key().id()))
        .texts("destinations", column(rows, DeliveryRow::destination))
        .texts("records", column(rows, row -> row.event().event().record()))
        .texts("matchKeys", column(rows, this::matchKey))
        .array("bytes", "int", column(rows, row -> row.event().bytes()))
        .array("late", "boolean", column(rows, row -> row.event().late()))
        .texts("reasons", column(rows, DeliveryRow::skipReason));
  }

  private String skipReason(String destination, Echo echo) {
    return echo == null
        ? unreachable(destination, live.destinations().get(destination))
        : echo.reason();
  }

  /** Why the destination, as configured, receives no deliveries; null where it receives them. */
  public static String unreachable(String destination, RelayConfig.Destination settings) {
    if (settings == null) {
      return "there is no destination %s in the configuration".formatted(destination);
    }
    return settings.whyOff().map(why -> "%s is off: %s".formatted(destination, why)).orElse(null);
  }

  private String matchKey(DeliveryRow row) {
    return matchKey(row.event().event(), live.destinations().get(row.destination()));
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
