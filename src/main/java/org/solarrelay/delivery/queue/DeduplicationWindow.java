package org.solarrelay.delivery.queue;

import java.sql.Connection;
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
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.database.EventRowMapper;
import org.solarrelay.database.HeadersJson;
import org.solarrelay.database.Sql;
import org.solarrelay.event.ContentKey;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventId;
import org.solarrelay.event.EventReader;
import org.solarrelay.event.EventType;
import org.solarrelay.identity.echo.KnownRecord;
import org.solarrelay.identity.echo.KnownState;
import org.solarrelay.topic.InboxPosition;
import org.solarrelay.topic.ReplayedRecord;

/**
 * Finds the duplicates among webhooks that fan-out is about to store.
 *
 * <ul>
 *   <li>A webhook with an explicit id is a duplicate of an event with the same id within the 24
 *       hours before.
 *   <li>A webhook without an explicit id is a duplicate where its content equals the latest content
 *       of the same scope, within the window of its source. If it reports a creation, it is also a
 *       duplicate where its content is a part of the latest content.
 *   <li>The webhook of a change that reconciliation has found is a duplicate of the reconciled
 *       event within 24 hours, and the other way round. There is never a second event of a
 *       creation; if the second one says more of a lead, that becomes a {@code lead.changed}.
 * </ul>
 *
 * The result depends only on the webhooks before this one. So a record that is read twice, by this
 * pod or by another, gets the same result each time. Times are the webhooks' own, so a backlog gets
 * the same results as webhooks without delay.
 */
final class DeduplicationWindow {

  private static final Sql EVENT =
      Sql.of("select *, id as event_id from event where source = :source and id = :id");

  private static final Sql EXPLICIT =
      Sql.of(
          """
          select source, derived_from, id, happened_at from event where derived_from = any (:ids)
          """);

  private static final Sql SCOPES =
      Sql.of(
          """
          select source, id, content_scope, content_hash, happened_at, headers, late from event
          where content_scope = any (:scopes) and happened_at between :earliest and :latest
          """);

  private static final Duration EXPLICIT_IDS = Duration.ofHours(24);

  /** How long after reconciliation has found a change its webhook is a duplicate. */
  private static final Duration RECONCILED = Duration.ofHours(24);

  /** The clocks of two pods differ by less. */
  private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(1);

  /** Events of these types cannot remove a field, so one with fewer fields reports nothing new. */
  private static final Set<String> CREATIONS =
      Set.of(
          EventType.LEAD_SUBMITTED.id(),
          EventType.PROJECT_SUBMITTED.id(),
          EventType.PROJECT_NOTE_ADDED.id());

  /**
   * What an event is stored as.
   *
   * @param id the event's own id; of a duplicate, the id of the earlier event
   * @param addition what a duplicate says beyond that event
   */
  record Result(String id, boolean duplicate, Optional<Event> addition) {

    private static Result of(String id) {
      return new Result(id, false, Optional.empty());
    }

    private static Result duplicateOf(String id) {
      return new Result(id, true, Optional.empty());
    }
  }

  private record Explicit(String id, OffsetDateTime at) {}

  /** An event of a scope; {@code event} is null until it is read from the database. */
  private record Known(
      String source,
      String id,
      String content,
      OffsetDateTime at,
      Optional<InboxPosition> position,
      boolean late,
      boolean reconciled,
      Event event) {

    /** Whether its webhook was accepted before that of the other event. */
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

  /** Reads the events that these may be duplicates of. */
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

  /** The result of an event; events have to come in the order of their topic. */
  Result resultOf(RoutedEvent routed) throws SQLException {
    Event event = routed.event();
    if (hasExplicitId(event)) {
      return byExplicitId(event);
    }
    return isComparedByContent(event) ? byContent(event, routed) : Result.of(event.id());
  }

  private Result byExplicitId(Event event) {
    List<Explicit> before =
        explicitIds.computeIfAbsent(event.source() + event.id(), id -> new ArrayList<>());
    for (Explicit known : before) {
      if (Duration.between(known.at(), event.time()).abs().compareTo(EXPLICIT_IDS) < 0) {
        // the insert finds out whether it is the same record, read twice
        return Result.of(known.id());
      }
    }
    String id =
        before.isEmpty() ? event.id() : EventId.of(event.id(), event.time().toInstant().toString());
    before.add(new Explicit(id, event.time()));
    return Result.of(id);
  }

  private Result byContent(Event event, RoutedEvent routed) throws SQLException {
    ContentKey key = event.contentKey();
    List<Known> known = scopes.computeIfAbsent(key.scope(), scope -> new ArrayList<>());
    Known candidate = known(event, routed);
    if (known.stream().anyMatch(one -> one.id().equals(event.id()))) {
      return Result.of(event.id());
    }
    Optional<Result> reconciled = reconciled(candidate, known);
    if (reconciled.isPresent()) {
      return reconciled.get();
    }
    Optional<Known> latest = latest(known.stream().filter(one -> one.isBefore(candidate)));
    if (latest.isPresent() && isDuplicate(candidate, event, latest.get())) {
      return Result.duplicateOf(latest.get().id());
    }
    known.add(candidate);
    return Result.of(event.id());
  }

  private static Optional<Known> latest(Stream<Known> known) {
    return known.reduce((one, other) -> one.isBefore(other) ? other : one);
  }

  /** The result where one of the two is reconciled and they report the same change. */
  private Optional<Result> reconciled(Known candidate, List<Known> known) throws SQLException {
    boolean creation = CREATIONS.contains(candidate.event().type());
    Optional<Known> latest =
        latest(known.stream().filter(one -> creation || one.isBefore(candidate)));
    if (latest.isEmpty() || !(candidate.reconciled() || latest.get().reconciled())) {
      return Optional.empty();
    }
    boolean adds = !saysAll(latest.get(), candidate);
    if (!creation) {
      return adds ? Optional.empty() : Optional.of(Result.duplicateOf(latest.get().id()));
    }
    boolean lead = candidate.event().type().equals(EventType.LEAD_SUBMITTED.id());
    Optional<Event> addition =
        adds && lead ? Optional.of(changed(candidate.event())) : Optional.empty();
    return Optional.of(new Result(latest.get().id(), true, addition));
  }

  private boolean saysAll(Known latest, Known candidate) throws SQLException {
    KnownState state = new KnownState(event(latest), latest.at());
    return new KnownRecord(List.of(state), List.of()).has(candidate.event());
  }

  private static Event changed(Event creation) {
    return creation.toBuilder()
        .id(EventId.of(creation.id(), "addition"))
        .type(EventType.LEAD_CHANGED.id())
        .withoutContentKey()
        .derivedId(false)
        .build();
  }

  private boolean isDuplicate(Known candidate, Event event, Known latest) throws SQLException {
    Duration between = Duration.between(latest.at(), candidate.at()).abs();
    if (between.compareTo(length(event)) >= 0) {
      return false;
    }
    return latest.content().equals(candidate.content())
        || CREATIONS.contains(event.type())
            && JsonComparison.contains(event(latest).data(), event.data());
  }

  private static Known known(Event event, RoutedEvent routed) {
    return new Known(
        event.source(),
        event.id(),
        event.contentKey().content(),
        event.time(),
        InboxPosition.of(routed.original().headers()),
        ReplayedRecord.isReplayed(routed.original().headers()),
        event.reconciled(),
        event);
  }

  private Event event(Known known) throws SQLException {
    if (known.event() != null) {
      return known.event();
    }
    return EVENT
        .first(
            connection,
            parameters -> parameters.set("source", known.source()).set("id", known.id()),
            row -> EventRowMapper.read(row))
        .orElseThrow();
  }

  private void loadExplicitIds(List<Event> events) throws SQLException {
    if (events.isEmpty()) {
      return;
    }
    List<String> ids = events.stream().map(Event::id).distinct().toList();
    EXPLICIT.forEach(
        connection,
        parameters -> parameters.texts("ids", ids),
        row ->
            explicitIds
                .computeIfAbsent(
                    row.getString("source") + row.getString("derived_from"),
                    key -> new ArrayList<>())
                .add(
                    new Explicit(
                        row.getString("id"), row.getObject("happened_at", OffsetDateTime.class))));
  }

  private void loadScopes(List<Event> events) throws SQLException {
    if (events.isEmpty()) {
      return;
    }
    List<String> keys =
        events.stream().map(event -> event.contentKey().scope()).distinct().toList();
    SCOPES.forEach(
        connection,
        parameters ->
            parameters
                .texts("scopes", keys)
                .set("earliest", earliest(events))
                .set("latest", latest(events)),
        row ->
            scopes
                .computeIfAbsent(row.getString("content_scope"), scope -> new ArrayList<>())
                .add(known(row)));
  }

  private static Known known(ResultSet row) throws SQLException {
    Headers headers = HeadersJson.read(row.getString("headers"));
    return new Known(
        row.getString("source"),
        row.getString("id"),
        row.getString("content_hash"),
        row.getObject("happened_at", OffsetDateTime.class),
        InboxPosition.of(headers),
        row.getBoolean("late"),
        EventReader.isReconciled(headers),
        null);
  }

  private OffsetDateTime earliest(List<Event> events) {
    return events.stream()
        .map(event -> event.time().minus(longer(length(event), RECONCILED)))
        .min(OffsetDateTime::compareTo)
        .orElseThrow()
        .minus(CLOCK_DIFFERENCE);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static OffsetDateTime latest(List<Event> events) {
    return events.stream()
        .map(Event::time)
        .max(OffsetDateTime::compareTo)
        .orElseThrow()
        .plus(CLOCK_DIFFERENCE);
  }
}
