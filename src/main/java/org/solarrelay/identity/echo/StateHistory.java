package org.solarrelay.identity.echo;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.solarrelay.database.EventRowMapper;
import org.solarrelay.database.Sql;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;

/** Reads the earlier states of records in a system: the relay's writes and the system's reports. */
final class StateHistory {

  /** The first rows of a query, as many as fit into memory by the size of their {@code value}. */
  private static final String BOUNDED =
      """
      with known as materialized (
        select asked.*, row_number() over () as n from (%s) as asked)
      select * from (
        select known.*, sum(octet_length(value)) over (
          order by n rows between unbounded preceding and 1 preceding) as before
        from known) as sized
      where coalesce(before, 0) <= :bytes order by n
      """;

  private static final Sql WRITTEN =
      bounded(
          """
          select e.*, e.id as event_id, d.destination as system, d.last_attempt_at as at, d.wrote
          from delivery d join event e on e.source = d.source and e.id = d.event_id
          where d.destination = :system and d.last_attempt_at <= :until
            and d.state in ('running', 'pending', 'delivered') and d.record = any (:records)
          order by d.last_attempt_at desc limit 50
          """);

  private static final Sql PENDING =
      bounded(
          """
          select e.*, e.id as event_id, d.destination as system, d.last_attempt_at as at, d.wrote
          from delivery_work d join event e on e.source = d.source and e.id = d.event_id
          where d.destination = :system and d.last_attempt_at between :since and :until
            and d.held is not true
          order by d.last_attempt_at desc limit 200
          """);

  private static final Sql REPORTED =
      bounded(
          """
          select e.*, e.id as event_id, e.source as system, e.happened_at as at, null as wrote
          from event e
          where source = :system and subject = :subject and happened_at <= :until and id <> :id
          order by recorded_at desc limit 20
          """);

  private static final Sql DEAD =
      Sql.of(
          """
          select 1 from delivery_ledger
          where source = :source and event_id = :id and state = 'dead'
          limit 1
          """);

  // clocks of pods and database differ, and some vendors cut off fractions of a second
  private static final Duration SLACK = Duration.ofSeconds(10);

  private final Connection connection;
  private final Duration window;
  private final long bytes;

  /**
   * @param window the maximum time between a write and an event that reports it
   * @param bytes how many bytes of JSON text may be in memory at once
   */
  StateHistory(Connection connection, Duration window, long bytes) {
    this.connection = connection;
    this.window = window;
    this.bytes = bytes;
  }

  /** The newest 50 writes of these records to the event's source, before the event. */
  List<KnownState> writes(Event event, Collection<String> records) throws SQLException {
    return read(
        WRITTEN,
        parameters ->
            parameters
                .set("system", event.source())
                .set("until", event.time().plus(SLACK))
                .texts("records", records));
  }

  /** Writes without a response yet: those to the event's source in the window before the event. */
  List<KnownState> pendingWrites(Event event) throws SQLException {
    return read(
        PENDING,
        parameters ->
            parameters
                .set("system", event.source())
                .set("since", event.time().minus(window))
                .set("until", event.time().plus(SLACK)));
  }

  /** Whether a delivery of the event is dead. */
  boolean hasDeadDelivery(Event event) throws SQLException {
    return DEAD.first(
            connection,
            parameters -> parameters.set("source", event.source()).set("id", event.id()),
            row -> true)
        .isPresent();
  }

  /** The newest events of the event's source about the same subject. */
  List<KnownState> reports(Event event) throws SQLException {
    return read(
        REPORTED,
        parameters ->
            parameters
                .set("system", event.source())
                .set("subject", event.subject())
                .set("until", event.time())
                .set("id", event.id()));
  }

  private static Sql bounded(String query) {
    return Sql.of(BOUNDED.formatted(query));
  }

  private List<KnownState> read(Sql query, Sql.Binding binding) throws SQLException {
    List<KnownState> states = new ArrayList<>();
    query.forEach(
        connection,
        parameters -> {
          binding.bind(parameters);
          parameters.set("bytes", bytes);
        },
        row -> {
          try {
            states.add(state(row));
          } catch (InvalidMessageException e) {
            // an event that can no longer be read has no state
          }
        });
    return states;
  }

  private static KnownState state(ResultSet row) throws SQLException {
    Event event =
        withState(EventRowMapper.read(row), row.getString("wrote"), row.getString("system"));
    return new KnownState(event, row.getObject("at", OffsetDateTime.class));
  }

  /** The event with the written state as its data; a state written to Flip is an enrollment. */
  private static Event withState(Event event, String wrote, String system) {
    if (wrote == null) {
      return event;
    }
    boolean enrollment = system.equals("flip");
    return event.toBuilder()
        .type(enrollment ? EventType.ENROLLMENT_CHANGED.id() : event.type())
        .data(EventJson.parseObject(wrote.getBytes(StandardCharsets.UTF_8)))
        .build();
  }
}
