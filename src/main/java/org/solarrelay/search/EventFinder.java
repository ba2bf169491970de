package org.solarrelay.search;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.solarrelay.database.Sql;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.identity.IdType;

/** Finds events by their ids and by their records, with the states of their deliveries. */
@Singleton
public class EventFinder {

  private static final Comparator<FoundEvent> NEWEST_FIRST =
      Comparator.comparing(FoundEvent::recordedAt)
          .thenComparing(FoundEvent::time)
          .thenComparing(FoundEvent::id)
          .reversed();

  private static final String COLUMNS =
      "e.source, e.id, e.type, e.subject, e.happened_at, e.recorded_at, e.receipt";

  /** The limits keep PostgreSQL from a join that reads all events. */
  private static final Sql OF_RECORDS =
      Sql.of(
          """
          with ids as (
            select name, id, split_part(name, '.', 1) as system
            from record_id where record = any (:records))
          select i.name, e.* from ids i cross join lateral (
            select %1$s from event e where e.subject = i.id and e.source = i.system
            order by e.recorded_at desc limit :limit) e
          union all
          select '' as name, e.* from ids i cross join lateral (
            select %1$s from event e where e.subject = i.system || ':' || i.id
            order by e.recorded_at desc limit :limit) e
          """
              .formatted(COLUMNS));

  private static final Sql BY_IDS =
      Sql.of("select %s from event e where e.id = any (:ids)".formatted(COLUMNS));

  private static final Sql BY_TEXT =
      Sql.of(
          """
          select 'EVENT_ID' as kind, id from event where id = :text
          union all
          select 'RECEIPT', id from event where receipt = :text
          union all (
            select 'RECORD_ID', id from event where subject = :text
            order by recorded_at desc limit :limit)
          """);

  private static final Sql OF_DELIVERY =
      Sql.of("select event_id from delivery where id = :delivery");

  private static final Sql DELIVERIES =
      Sql.of(
          """
          select id, source, event_id, destination, state, attempts, reason,
            coalesce(finished_at, last_attempt_at, created_at) as at
          from delivery where event_id = any (:ids) order by id
          """);

  private final DataSource database;

  EventFinder(DataSource database) {
    this.database = database;
  }

  private record Key(String source, String id) {}

  /** The newest events about records. */
  public List<FoundEvent> ofRecords(Collection<Long> records, int limit) throws SQLException {
    try (Connection connection = database.getConnection()) {
      Map<Key, FoundEvent> found = new LinkedHashMap<>();
      OF_RECORDS.forEach(
          connection,
          parameters -> parameters.bigints("records", records).set("limit", limit),
          row -> {
            if (isOfRecord(row)) {
              add(found, row);
            }
          });
      return complete(connection, found, limit);
    }
  }

  /** Whether the event is about the id of this name: a lead and a project may share a number. */
  private static boolean isOfRecord(ResultSet row) throws SQLException {
    String name = row.getString("name");
    return name.isEmpty()
        || name.equals(
            IdType.of(row.getString("source"), row.getString("type"), row.getString("subject")));
  }

  /** The events with these ids. */
  List<FoundEvent> byIds(Collection<String> ids, int limit) throws SQLException {
    try (Connection connection = database.getConnection()) {
      Map<Key, FoundEvent> found = new LinkedHashMap<>();
      BY_IDS.forEach(
          connection, parameters -> parameters.texts("ids", ids), row -> add(found, row));
      return complete(connection, found, limit);
    }
  }

  /** The ids of events whose id, receipt or subject is the text, by what the text is. */
  Map<SearchKind, Set<String>> byText(String text, int limit) throws SQLException {
    Map<SearchKind, Set<String>> found = new LinkedHashMap<>();
    try (Connection connection = database.getConnection()) {
      BY_TEXT.forEach(
          connection,
          parameters -> parameters.set("text", text).set("limit", limit),
          row ->
              found
                  .computeIfAbsent(
                      SearchKind.valueOf(row.getString("kind")), kind -> new LinkedHashSet<>())
                  .add(row.getString("id")));
    }
    return found;
  }

  /** The id of a delivery's event, if there is such a delivery. */
  List<String> ofDelivery(long number) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return OF_DELIVERY.list(
          connection,
          parameters -> parameters.set("delivery", number),
          row -> row.getString("event_id"));
    }
  }

  private static void add(Map<Key, FoundEvent> found, ResultSet row) throws SQLException {
    found.put(
        new Key(row.getString("source"), row.getString("id")),
        new FoundEvent(
            row.getString("id"),
            row.getString("source"),
            row.getString("type"),
            row.getString("subject"),
            time(row, "happened_at"),
            time(row, "recorded_at"),
            row.getString("receipt"),
            new ArrayList<>()));
  }

  /** The newest of the events, with their deliveries. */
  private static List<FoundEvent> complete(
      Connection connection, Map<Key, FoundEvent> found, int limit) throws SQLException {
    List<FoundEvent> newest = found.values().stream().sorted(NEWEST_FIRST).limit(limit).toList();
    DELIVERIES.forEach(
        connection,
        parameters -> parameters.texts("ids", newest.stream().map(FoundEvent::id).toList()),
        row -> {
          FoundEvent event = found.get(new Key(row.getString("source"), row.getString("event_id")));
          if (event != null) {
            event.deliveries().add(delivery(row));
          }
        });
    return newest;
  }

  private static FoundEvent.FoundDelivery delivery(ResultSet row) throws SQLException {
    return new FoundEvent.FoundDelivery(
        row.getLong("id"),
        row.getString("destination"),
        DeliveryState.of(row.getString("state")).orElseThrow(),
        row.getInt("attempts"),
        time(row, "at"),
        row.getString("reason"));
  }

  private static OffsetDateTime time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class);
  }
}
