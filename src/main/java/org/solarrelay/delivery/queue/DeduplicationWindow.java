package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.database.EventRowMapper;
import org.solarrelay.database.HeadersJson;
import org.solarrelay.event.ContentKey;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventId;
import org.solarrelay.event.EventType;
import org.solarrelay.topic.InboxPosition;
import org.solarrelay.topic.ReplayedRecord;

/**
 * Finds the duplicates among webhooks that are about to be fanned out.
 *
 * <ul>
 *   <li>A webhook with an explicit id is a duplicate of the event with the same id of the 24 hours
 *       before.
 *   <li>A webhook without one is a duplicate where its content equals that of the latest event of
 *       the same scope, within the window of its source. What announces a creation is also one
 *       where it says less than that event and nothing else.
 * </ul>
 *
 * The result depends on the webhooks before this one alone. So a record that is read twice, by this
 * pod or by another, gets the same result each time. Times are the webhooks' own: a backlog gets
 * the result that it would have got at once.
 */
final class DeduplicationWindow {

  private static final Duration EXPLICIT_IDS = Duration.ofHours(24);

  /** Clocks of two pods differ by less. */
  private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(1);

  /** They cannot take anything back, so what says less says nothing new. */
  private static final Set<String> CREATIONS =
      Set.of(
          EventType.LEAD_SUBMITTED.id(),
          EventType.PROJECT_SUBMITTED.id(),
          EventType.PROJECT_NOTE_ADDED.id());

  /**
   * How an event goes on.
   *
   * @param id its own, or that of the event that it is a duplicate of
   */
  record Result(String id, boolean duplicate) {}

  private record Explicit(String id, OffsetDateTime at) {}

  /** An event of a scope; {@code data} is null where it is still to be read. */
  private record Known(
      String source,
      String id,
      String content,
      OffsetDateTime at,
      Optional<InboxPosition> position,
      boolean late,
      JsonNode data) {

    /** Whether its webhook was accepted before the other's. */
    boolean isBefore(Known other) {
      boolean ordered =
          !late
              && !other.late
              && position.isPresent()
              && other.position.isPresent()
              && position.get().partition() == other.position.get().partition();
      return ordered
          ? position.get().offset() < other.position.get().offset()
          : !at.isAfter(other.at);
    }
  }

  private final Connection connection;
  private final RelayConfig config;
  private final Map<String, List<Explicit>> explicitIds = new HashMap<>();
  private final Map<String, List<Known>> scopes = new HashMap<>();

  private DeduplicationWindow(Connection connection, RelayConfig config) {
    this.connection = connection;
    this.config = config;
  }

  /** Reads from the ledger what these events may be duplicates of. */
  static DeduplicationWindow of(Connection connection, RelayConfig config, List<Event> events)
      throws SQLException {
    DeduplicationWindow window = new DeduplicationWindow(connection, config);
    window.loadExplicitIds(events.stream().filter(DeduplicationWindow::hasExplicitId).toList());
    window.loadScopes(events.stream().filter(window::isComparedByContent).toList());
    return window;
  }

  private static boolean hasExplicitId(Event event) {
    return event.derivedId() && event.contentKey() == null;
  }

  private boolean isComparedByContent(Event event) {
    return event.contentKey() != null && !length(event).isZero();
  }

  private Duration length(Event event) {
    RelayConfig.Source source = config.sources().get(event.source());
    return source == null ? Duration.ZERO : source.duplicateWindow();
  }

  /** Takes the events in the order of their topic. */
  Result resultOf(RoutedEvent fanned) throws SQLException {
    Event event = fanned.event();
    if (hasExplicitId(event)) {
      return byExplicitId(event);
    }
    return isComparedByContent(event) ? byContent(event, fanned) : new Result(event.id(), false);
  }

  private Result byExplicitId(Event event) {
    List<Explicit> before =
        explicitIds.computeIfAbsent(event.source() + event.id(), id -> new ArrayList<>());
    for (Explicit known : before) {
      if (Duration.between(known.at(), event.time()).abs().compareTo(EXPLICIT_IDS) < 0) {
        // whether it is the same webhook, read again, is known once the events are written
        return new Result(known.id(), false);
      }
    }
    String id =
        before.isEmpty() ? event.id() : EventId.of(event.id(), event.time().toInstant().toString());
    before.add(new Explicit(id, event.time()));
    return new Result(id, false);
  }

  private Result byContent(Event event, RoutedEvent fanned) throws SQLException {
    ContentKey key = event.contentKey();
    List<Known> known = scopes.computeIfAbsent(key.scope(), scope -> new ArrayList<>());
    Known candidate = known(event, fanned);
    if (known.stream().anyMatch(one -> one.id().equals(event.id()))) {
      return new Result(event.id(), false);
    }
    Optional<Known> latest =
        known.stream()
            .filter(one -> one.isBefore(candidate))
            .reduce((one, other) -> one.isBefore(other) ? other : one);
    if (latest.isPresent() && isDuplicate(candidate, event, latest.get())) {
      return new Result(latest.get().id(), true);
    }
    known.add(candidate);
    return new Result(event.id(), false);
  }

  private boolean isDuplicate(Known candidate, Event event, Known latest) throws SQLException {
    Duration between = Duration.between(latest.at(), candidate.at()).abs();
    if (between.compareTo(length(event)) >= 0) {
      return false;
    }
    return latest.content().equals(candidate.content())
        || CREATIONS.contains(event.type()) && JsonComparison.holds(data(latest), event.data());
  }

  private static Known known(Event event, RoutedEvent fanned) {
    return new Known(
        event.source(),
        event.id(),
        event.contentKey().content(),
        event.time(),
        InboxPosition.of(fanned.original().headers()),
        ReplayedRecord.is(fanned.original().headers()),
        event.data());
  }

  private JsonNode data(Known known) throws SQLException {
    if (known.data() != null) {
      return known.data();
    }
    String sql = "select *, id as event_id from event where source = ? and id = ?";
    try (PreparedStatement select =
            DynamicSql.prepared(connection, sql, List.of(known.source(), known.id()));
        ResultSet row = select.executeQuery()) {
      row.next();
      return EventRowMapper.read(row).data();
    }
  }

  private void loadExplicitIds(List<Event> events) throws SQLException {
    if (events.isEmpty()) {
      return;
    }
    String select =
        "select source, derived_from, id, happened_at from event where derived_from = any (?)";
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      Object[] ids = events.stream().map(Event::id).distinct().toArray();
      statement.setArray(1, connection.createArrayOf("text", ids));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          explicitIds
              .computeIfAbsent(row.getString(1) + row.getString(2), id -> new ArrayList<>())
              .add(new Explicit(row.getString(3), row.getObject(4, OffsetDateTime.class)));
        }
      }
    }
  }

  private void loadScopes(List<Event> events) throws SQLException {
    if (events.isEmpty()) {
      return;
    }
    String select =
        """
        select source, id, content_scope, content_hash, happened_at, headers, late
        from event where content_scope = any (?) and happened_at between ? and ?
        """;
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      Object[] keys = events.stream().map(event -> event.contentKey().scope()).distinct().toArray();
      statement.setArray(1, connection.createArrayOf("text", keys));
      statement.setObject(2, earliest(events));
      statement.setObject(3, latest(events));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          scopes
              .computeIfAbsent(row.getString("content_scope"), scope -> new ArrayList<>())
              .add(known(row));
        }
      }
    }
  }

  private static Known known(ResultSet row) throws SQLException {
    return new Known(
        row.getString("source"),
        row.getString("id"),
        row.getString("content_hash"),
        row.getObject("happened_at", OffsetDateTime.class),
        InboxPosition.of(HeadersJson.read(row.getString("headers"))),
        row.getBoolean("late"),
        null);
  }

  private OffsetDateTime earliest(List<Event> events) {
    return events.stream()
        .map(event -> event.time().minus(length(event)))
        .min(OffsetDateTime::compareTo)
        .orElseThrow()
        .minus(CLOCK_DIFFERENCE);
  }

  private static OffsetDateTime latest(List<Event> events) {
    return events.stream()
        .map(Event::time)
        .max(OffsetDateTime::compareTo)
        .orElseThrow()
        .plus(CLOCK_DIFFERENCE);
  }
}
