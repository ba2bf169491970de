package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.database.EventRowMapper;
import org.solarrelay.database.Sql;
import org.solarrelay.event.Event;
import org.solarrelay.event.RecordPosition;

/** Reads events, deliveries and their history for operators. */
@Singleton
public class DeliveryQueries {

  /**
   * The history of an event or of a webhook.
   *
   * @param id the id asked for: an event id, a receipt, the number of a delivery or a record
   *     position
   * @param state what the message has become; {@link MessageState#EVENTS} even if only a part of it
   *     became events
   * @param reason why it became no event, why no destination receives it, or that it is erased
   * @param replays the replays of the message; each delivery has its own
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record MessageHistory(
      String id,
      MessageState state,
      String reason,
      List<EventEntry> events,
      List<DeliveryEntry> deliveries,
      List<ReplayRepository.Replay> replays) {

    /** The same history under another id. */
    public MessageHistory as(String other) {
      return new MessageHistory(other, state, reason, events, deliveries, replays);
    }
  }

  /**
   * An event as destinations receive it.
   *
   * @param causationId the id of the event that it is derived from; null where a system sent it
   * @param notes what normalisation left out of the data, or chose from several values
   * @param erased whether an operator has erased its data
   */
  public record EventEntry(
      String id,
      String source,
      String type,
      String subject,
      OffsetDateTime time,
      String receipt,
      String place,
      OffsetDateTime recordedAt,
      String causationId,
      JsonNode data,
      List<String> notes,
      boolean erased) {}

  /**
   * A delivery as it is now.
   *
   * @param requests the requests of the last attempts; empty in a list of deliveries, and for
   *     attempts older than the storing of requests
   */
  public record DeliveryEntry(
      long id,
      String eventId,
      String source,
      String type,
      String subject,
      String destination,
      DeliveryState state,
      int attempts,
      Integer status,
      String reason,
      String vendorId,
      String answer,
      OffsetDateTime createdAt,
      OffsetDateTime firstAttemptAt,
      OffsetDateTime lastAttemptAt,
      OffsetDateTime nextAttemptAt,
      OffsetDateTime finishedAt,
      List<Failure> failures,
      List<ReplayRepository.Replay> replays,
      List<AttemptRequest> requests) {}

  /** A failed attempt. */
  public record Failure(
      int attempt, OffsetDateTime at, Integer status, String reason, String answer) {}

  /**
   * What an attempt has sent.
   *
   * @param at when its result was recorded
   * @param durationMs milliseconds from its start to its end
   * @param calls a list, each with {@code method}, {@code url}, {@code headers}, {@code body},
   *     {@code status}, {@code durationMs}; null where they are not stored, or left out
   * @param truncated whether the calls are left out because the history is too long
   */
  public record AttemptRequest(
      int attempt, OffsetDateTime at, int durationMs, JsonNode calls, boolean truncated) {}

  private record Discarded(MessageState state, String reason) {}

  private static final String DELIVERIES =
      """
      select d.*, e.type, e.subject
      from delivery d join event e on e.source = d.source and e.id = d.event_id
      """;

  /** Events, the events that they are derived from, and all events derived from any of these. */
  private static final String FAMILY =
      """
      with recursive
        up as (
          select e.source, e.id, e.cause_source, e.cause_id from event e where %s
          union
          select e.source, e.id, e.cause_source, e.cause_id
          from event e join up on e.source = up.cause_source and e.id = up.cause_id),
        family as (
          select source, id from up
          union
          select e.source, e.id
          from event e join family f on e.cause_source = f.source and e.cause_id = f.id)
      select source, id from family
      """;

  private static final Sql FAMILY_OF_MESSAGE =
      Sql.of(FAMILY.formatted("e.id = :id or e.receipt = :id"));

  private static final Sql FAMILY_OF_DELIVERY =
      Sql.of(
          FAMILY.formatted(
              """
              (e.source, e.id) = (
                select source, event_id from delivery where id = cast(:id as bigint))\
              """));

  private static final String OF_FAMILY =
      "(e.source, e.id) in (select f.source, f.id from unnest(:sources, :ids) as f (source, id))";

  private static final Sql EVENTS_OF_FAMILY =
      Sql.of(
          """
          select e.*, e.id as event_id from event e where %s order by e.recorded_at, e.id
          """
              .formatted(OF_FAMILY));

  private static final Sql DELIVERIES_OF_FAMILY =
      Sql.of(DELIVERIES + " where " + OF_FAMILY + " order by d.id");

  // if a webhook has several rows, 'dead' sorts first
  private static final Sql DISCARDED =
      Sql.of(
          """
          select state, reason from set_aside where id = :id or receipt = :id or event_id = :id
          order by state, recorded_at limit 1
          """);

  private static final Sql FAILURES =
      Sql.of(
          """
          select f.* from unnest(:deliveries) as d (id) cross join lateral (
            select * from failed_attempt where delivery_id = d.id
            order by attempt desc limit :attempts) f
          order by f.attempt
          """);

  // of many attempts only the newest have their calls
  private static final Sql REQUESTS =
      Sql.of(
          """
          select delivery_id, attempt, at, duration_ms,
            case when total <= :bytes then calls end as calls,
            calls is not null and total > :bytes as truncated
          from (
            select r.*, sum(octet_length(r.calls)) over (order by r.at desc, r.attempt desc) as total
            from unnest(:deliveries) as d (id) cross join lateral (
              select * from attempt_request where delivery_id = d.id
              order by attempt desc limit :attempts) r) newest
          order by attempt
          """);

  /** Bytes of all calls of a history. */
  private static final int LONGEST_CALLS = 1 << 22;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NO_REQUESTS = 0;
  private static final int ALL_ATTEMPTS = Integer.MAX_VALUE;
  private static final int NO_ATTEMPTS = 0;
  private static final Pattern DELIVERY_NUMBER = Pattern.compile("\\d{1,18}");

  private final DataSource database;
  private final ReloadableConfig live;

  DeliveryQueries(DataSource database, ReloadableConfig live) {
    this.database = database;
    this.live = live;
  }

  /** The history, or null where no event, receipt or delivery has that id. */
  public MessageHistory history(String id) throws SQLException {
    return history(id, ALL_ATTEMPTS);
  }

  /**
   * The history with the last failed attempts of each delivery; null in the same cases as {@link
   * #history(String)}.
   *
   * @param attempts how many of each delivery at most
   */
  public MessageHistory history(String id, int attempts) throws SQLException {
    try (Connection connection = database.getConnection()) {
      MessageHistory history = history(connection, id, FAMILY_OF_MESSAGE, attempts);
      return history == null && DELIVERY_NUMBER.matcher(id).matches()
          ? history(connection, id, FAMILY_OF_DELIVERY, attempts)
          : history;
    }
  }

  /**
   * @param familyOf the query for the family; its parameter is {@code id}
   */
  private MessageHistory history(Connection connection, String id, Sql familyOf, int attempts)
      throws SQLException {
    List<EventKey> family =
        familyOf.list(connection, parameters -> parameters.set("id", id), EventKey::of);
    List<EventEntry> events = family.isEmpty() ? List.of() : events(connection, family);
    Optional<Discarded> discarded = discarded(connection, id);
    if (events.isEmpty() && discarded.isEmpty()) {
      return null;
    }
    List<DeliveryEntry> deliveries =
        entries(
            connection,
            DELIVERIES_OF_FAMILY,
            parameters -> EventKey.bind(parameters, family),
            attempts,
            attempts);
    String unrouted =
        deliveries.isEmpty()
            ? "fan-out selects no destination other than the event's own source"
            : null;
    String erased = events.stream().anyMatch(EventEntry::erased) ? EventRowMapper.ERASED : unrouted;
    return new MessageHistory(
        id,
        events.isEmpty() ? discarded.get().state() : MessageState.EVENTS,
        discarded.filter(it -> explains(it, events)).map(Discarded::reason).orElse(erased),
        events,
        deliveries,
        ReplayRepository.ofMessage(connection, id));
  }

  /**
   * Whether the discarded message explains the history. A message that was resent and became events
   * does not.
   */
  private static boolean explains(Discarded discarded, List<EventEntry> events) {
    return events.isEmpty() || discarded.state() != MessageState.RESENT;
  }

  /** Returns a delivery with its requests; empty where none has this number. */
  public Optional<DeliveryEntry> one(long number) throws SQLException {
    return find(DeliveryFilter.one(number), 1, ALL_ATTEMPTS, ALL_ATTEMPTS).stream().findFirst();
  }

  /** The deliveries that the filter selects, newest first, without their requests. */
  public List<DeliveryEntry> find(DeliveryFilter filter, int limit) throws SQLException {
    return find(filter, limit, ALL_ATTEMPTS, NO_REQUESTS);
  }

  /** The same as {@link #find}, without failed attempts: one delivery may have thousands. */
  public List<DeliveryEntry> list(DeliveryFilter filter, int limit) throws SQLException {
    return find(filter, limit, NO_ATTEMPTS, NO_REQUESTS);
  }

  private List<DeliveryEntry> find(DeliveryFilter filter, int limit, int failures, int requests)
      throws SQLException {
    SqlCriteria criteria = filter.criteria();
    Sql sql = Sql.of(DELIVERIES + criteria.where() + " order by d.id desc limit :limit");
    try (Connection connection = database.getConnection()) {
      return entries(
          connection,
          sql,
          parameters -> parameters.setAll(criteria.values()).set("limit", limit),
          failures,
          requests);
    }
  }

  private static List<EventEntry> events(Connection connection, List<EventKey> family)
      throws SQLException {
    return EVENTS_OF_FAMILY.list(
        connection, parameters -> EventKey.bind(parameters, family), DeliveryQueries::eventEntry);
  }

  private static EventEntry eventEntry(ResultSet row) throws SQLException {
    boolean erased = EventRowMapper.isErased(row);
    Optional<Event> event = erased ? Optional.empty() : Optional.of(EventRowMapper.read(row));
    return new EventEntry(
        row.getString("id"),
        row.getString("source"),
        row.getString("type"),
        row.getString("subject"),
        time(row, "happened_at"),
        row.getString("receipt"),
        RecordPosition.of(row.getString("topic"), row.getInt("partition"), row.getLong("offset")),
        time(row, "recorded_at"),
        row.getString("cause_id"),
        event.map(Event::data).orElseGet(JsonNodeFactory.instance::objectNode),
        event.map(Event::notes).orElse(List.of()),
        erased);
  }

  private static Optional<Discarded> discarded(Connection connection, String id)
      throws SQLException {
    return DISCARDED.first(
        connection,
        parameters -> parameters.set("id", id),
        row -> new Discarded(MessageState.of(row.getString("state")), row.getString("reason")));
  }

  /**
   * @param failures how many failed attempts of each delivery
   * @param requests how many attempts of each delivery have their requests
   */
  private List<DeliveryEntry> entries(
      Connection connection, Sql sql, Sql.Binding binding, int failures, int requests)
      throws SQLException {
    Map<Long, DeliveryEntry> entries = new LinkedHashMap<>();
    sql.forEach(connection, binding, row -> entries.put(row.getLong("id"), entry(row)));
    addFailures(connection, entries, failures);
    if (requests > NO_REQUESTS) {
      addRequests(connection, entries, requests);
    }
    ReplayRepository.ofDeliveries(connection, entries.keySet())
        .forEach((id, replays) -> entries.get(id).replays().addAll(replays));
    return List.copyOf(entries.values());
  }

  private DeliveryEntry entry(ResultSet row) throws SQLException {
    DeliveryState state = DeliveryState.of(row.getString("state")).orElseThrow();
    boolean waiting = state == DeliveryState.PENDING;
    return new DeliveryEntry(
        row.getLong("id"),
        row.getString("event_id"),
        row.getString("source"),
        row.getString("type"),
        row.getString("subject"),
        row.getString("destination"),
        state,
        row.getInt("attempts"),
        row.getObject("status", Integer.class),
        waiting ? reasonToWait(row) : row.getString("reason"),
        row.getString("vendor_id"),
        row.getString("answer"),
        time(row, "created_at"),
        time(row, "first_attempt_at"),
        time(row, "last_attempt_at"),
        waiting ? time(row, "due_at") : null,
        time(row, "finished_at"),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  /** Why a pending delivery waits: its destination is off or removed, else the last failure. */
  private String reasonToWait(ResultSet row) throws SQLException {
    String destination = row.getString("destination");
    String unreachable =
        DeliveryInserter.unreachable(destination, live.destinations().get(destination));
    return unreachable == null ? row.getString("reason") : "waits: " + unreachable;
  }

  private static void addFailures(
      Connection connection, Map<Long, DeliveryEntry> entries, int attempts) throws SQLException {
    FAILURES.forEach(
        connection,
        parameters -> parameters.bigints("deliveries", entries.keySet()).set("attempts", attempts),
        row -> entries.get(row.getLong("delivery_id")).failures().add(failure(row)));
  }

  private static void addRequests(
      Connection connection, Map<Long, DeliveryEntry> entries, int attempts) throws SQLException {
    REQUESTS.forEach(
        connection,
        parameters ->
            parameters
                .bigints("deliveries", entries.keySet())
                .set("attempts", attempts)
                .set("bytes", LONGEST_CALLS),
        row -> entries.get(row.getLong("delivery_id")).requests().add(request(row)));
  }

  private static AttemptRequest request(ResultSet row) throws SQLException {
    String calls = row.getString("calls");
    return new AttemptRequest(
        row.getInt("attempt"),
        time(row, "at"),
        row.getInt("duration_ms"),
        calls == null ? null : calls(calls),
        row.getBoolean("truncated"));
  }

  private static JsonNode calls(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("attempt_request.calls is not JSON", e);
    }
  }

  private static Failure failure(ResultSet row) throws SQLException {
    return new Failure(
        row.getInt("attempt"),
        time(row, "at"),
        row.getObject("status", Integer.class),
        row.getString("reason"),
        row.getString("answer"));
  }

  private static OffsetDateTime time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class);
  }
}
