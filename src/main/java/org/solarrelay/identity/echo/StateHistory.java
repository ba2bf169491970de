package org.solarrelay.identity.echo;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.solarrelay.database.EventRowMapper;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;

/** Reads from the ledger what a system was told and what it said itself. */
final class StateHistory {

  private static final String WRITTEN =
      """
      select e.*, e.id as event_id, d.destination as system, d.last_attempt_at as at, d.wrote,
        true as ours,
        d.state = 'delivered' as answered
      from delivery d join event e on e.source = d.source and e.id = d.event_id
      where d.destination = ? and d.last_attempt_at <= ?
        and d.state in ('running', 'pending', 'delivered') and d.record = any (?)
      order by d.last_attempt_at desc limit 50
      """;

  private static final String UNANSWERED =
      """
      select e.*, e.id as event_id, d.destination as system, d.last_attempt_at as at, d.wrote,
        true as ours,
        false as answered
      from delivery d join event e on e.source = d.source and e.id = d.event_id
      where d.destination = ? and d.last_attempt_at between ? and ?
        and d.state in ('running', 'pending')
      order by d.last_attempt_at desc limit 200
      """;

  private static final String SAID =
      """
      select e.*, e.id as event_id, e.source as system, e.happened_at as at, null as wrote,
        false as ours,
        true as answered
      from event e where source = ? and subject = ? and happened_at <= ? and id <> ?
      order by recorded_at desc limit 20
      """;

  /** The latest of a question's rows, as many as memory may hold, in the order of the question. */
  private static final String BOUNDED =
      """
      with known as materialized (
        select asked.*, row_number() over () as n from (%s) as asked)
      select * from (
        select known.*, sum(octet_length(value)) over (
          order by n rows between unbounded preceding and 1 preceding) as before
        from known) as sized
      where coalesce(before, 0) <= ? order by n
      """;

  // clocks of pods and database differ, and some vendors cut off the seconds' fractions
  private static final Duration SLACK = Duration.ofSeconds(10);

  private final Connection connection;
  private final Duration window;
  private final long bytes;

  /**
   * @param bytes of the texts whose states may be in memory at once
   */
  StateHistory(Connection connection, Duration window, long bytes) {
    this.connection = connection;
    this.window = window;
    this.bytes = bytes;
  }

  /** What was written to the event's source before it, of these records; the latest fifty. */
  List<KnownState> written(Event event, Collection<String> records) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(BOUNDED.formatted(WRITTEN))) {
      select.setString(1, event.source());
      select.setObject(2, event.time().plus(SLACK));
      select.setArray(3, connection.createArrayOf("text", records.toArray()));
      select.setLong(4, bytes);
      return read(select);
    }
  }

  /** What was sent to the event's source in the window before it, without an answer yet. */
  List<KnownState> unanswered(Event event) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(BOUNDED.formatted(UNANSWERED))) {
      select.setString(1, event.source());
      select.setObject(2, event.time().minus(window));
      select.setObject(3, event.time().plus(SLACK));
      select.setLong(4, bytes);
      return read(select);
    }
  }

  /** Whether a destination could not be told of the event. */
  boolean isDeadAnywhere(Event event) throws SQLException {
    String sql =
        "select 1 from delivery where source = ? and event_id = ? and state = 'dead' limit 1";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, event.source());
      select.setString(2, event.id());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** What the event's source said last of the same record. */
  List<KnownState> said(Event event) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(BOUNDED.formatted(SAID))) {
      select.setString(1, event.source());
      select.setString(2, event.subject());
      select.setObject(3, event.time());
      select.setString(4, event.id());
      select.setLong(5, bytes);
      return read(select);
    }
  }

  private static List<KnownState> read(PreparedStatement select) throws SQLException {
    List<KnownState> states = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        try {
          states.add(
              new KnownState(
                  withState(
                      EventRowMapper.read(row), row.getString("wrote"), row.getString("system")),
                  row.getObject("at", OffsetDateTime.class),
                  row.getBoolean("ours"),
                  row.getBoolean("answered")));
        } catch (InvalidMessageException e) {
          // an event that can no longer be read tells nothing
        }
      }
    }
    return states;
  }

  /** The event with the state it led to, which at Flip is that of an enrollment. */
  private static Event withState(Event event, String wrote, String system) {
    if (wrote == null) {
      return event;
    }
    boolean enrollment = system.equals("flip");
    return new Event(
        event.id(),
        event.source(),
        enrollment ? EventType.ENROLLMENT_CHANGED.id() : event.type(),
        event.subject(),
        event.time(),
        event.receipt(),
        event.derivedId(),
        event.contentKey(),
        EventJson.parseObject(wrote.getBytes(StandardCharsets.UTF_8)),
        event.notes());
  }
}
