package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.database.EventRowMapper;
import org.solarrelay.event.Event;
import org.solarrelay.event.RecordPosition;

/** What the ledger answers operators. */
@Singleton
public class DeliveryQueries {

  /**
   * The story of an event or of a webhook.
   *
   * @param id what was asked for: an event id, a receipt, the number of a delivery or a record
   *     position
   * @param state events; accepted while a stage has it before it; skipped or dead where the message
   *     (or a part of it) became no event; resent where it was dead and is on its way again
   * @param reason why it became no event, or why nobody hears of it
   * @param replays of the message; those of deliveries are with them
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Story(
      String id,
      MessageState state,
      String reason,
      List<EventEntry> events,
      List<Entry> deliveries,
      List<ReplayRepository.Replay> replays) {

    /** The same under another id. */
    public Story as(String other) {
      return new Story(other, state, reason, events, deliveries, replays);
    }
  }

  /**
   * An event as destinations see it.
   *
   * @param causationId the id of the event that it is derived from; null where a system sent it
   * @param notes what normalisation left out of the data, or chose from several values
   */
  record EventEntry(
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
      List<String> notes) {}

  /** A delivery as it stands. */
  public record Entry(
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
      List<ReplayRepository.Replay> replays) {}

  /** An attempt that did not end the delivery well. */
  record Failure(int attempt, OffsetDateTime at, Integer status, String reason, String answer) {}

  private record SetAsideState(MessageState state, String reason) {}

  private static final String DELIVERIES =
      """
      select d.*, e.type, e.subject
      from delivery d join event e on e.source = d.source and e.id = d.event_id
      """;

  /** Events with those that they are derived from, and all that are derived from any of these. */
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

  private static final String OF_FAMILY =
      "(e.source, e.id) in (select f.source, f.id from unnest(?, ?) as f (source, id))";

  private static final Pattern DELIVERY_NUMBER = Pattern.compile("\\d{1,18}");

  private final DataSource database;
  private final ReloadableConfig live;

  DeliveryQueries(DataSource database, ReloadableConfig live) {
    this.database = database;
    this.live = live;
  }

  /** The story, or null where neither an event, a receipt nor a delivery has that id. */
  public Story story(String id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      Story story = story(connection, id, "e.id = ? or e.receipt = ?", List.of(id, id));
      return story == null && DELIVERY_NUMBER.matcher(id).matches()
          ? storyOfDelivery(connection, id)
          : story;
    }
  }

  private Story storyOfDelivery(Connection connection, String number) throws SQLException {
    String event =
        "(e.source, e.id) = (select source, event_id from delivery where id = cast(? as bigint))";
    return story(connection, number, event, List.of(number));
  }

  /**
   * @param ofEvents which events it is about, a condition with {@code values}
   */
  private Story story(Connection connection, String id, String ofEvents, List<?> values)
      throws SQLException {
    List<List<String>> family = family(connection, ofEvents, values);
    List<EventEntry> found = family.get(0).isEmpty() ? List.of() : events(connection, family);
    SetAsideState aside = setAside(connection, id);
    if (found.isEmpty() && aside == null) {
      return null;
    }
    List<Entry> deliveries =
        entries(connection, DELIVERIES + " where " + OF_FAMILY + " order by d.id", family);
    String silence = deliveries.isEmpty() ? "no destination but its own source hears of it" : null;
    return new Story(
        id,
        found.isEmpty() ? aside.state() : MessageState.EVENTS,
        tells(aside, found) ? aside.reason() : silence,
        found,
        deliveries,
        ReplayRepository.ofMessage(connection, id));
  }

  /** That it was sent again says nothing any more once there are events of it. */
  private static boolean tells(SetAsideState aside, List<EventEntry> found) {
    return aside != null && (found.isEmpty() || aside.state() != MessageState.RESENT);
  }

  /** Deliveries that fit, newest first. */
  public List<Entry> find(DeliveryFilter filter, int limit) throws SQLException {
    SqlCriteria criteria = filter.criteria();
    String sql = DELIVERIES + criteria.where() + " order by d.id desc limit ?";
    try (Connection connection = database.getConnection()) {
      return entries(connection, sql, criteria.valuesAnd(limit));
    }
  }

  /**
   * Sources and ids of these events and of those that were derived from one another with them.
   *
   * @return two lists of the same length
   */
  private static List<List<String>> family(Connection connection, String ofEvents, List<?> values)
      throws SQLException {
    List<String> sources = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    try (PreparedStatement select =
            DynamicSql.prepared(connection, FAMILY.formatted(ofEvents), values);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        sources.add(row.getString("source"));
        ids.add(row.getString("id"));
      }
    }
    return List.of(sources, ids);
  }

  private static List<EventEntry> events(Connection connection, List<List<String>> family)
      throws SQLException {
    String sql =
        "select e.*, e.id as event_id from event e where %s order by e.recorded_at, e.id"
            .formatted(OF_FAMILY);
    List<EventEntry> found = new ArrayList<>();
    try (PreparedStatement select = DynamicSql.prepared(connection, sql, family);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Event event = EventRowMapper.read(row);
        found.add(
            new EventEntry(
                row.getString("id"),
                row.getString("source"),
                row.getString("type"),
                row.getString("subject"),
                time(row, "happened_at"),
                row.getString("receipt"),
                RecordPosition.of(
                    row.getString("topic"), row.getInt("partition"), row.getLong("offset")),
                time(row, "recorded_at"),
                row.getString("cause_id"),
                event.data(),
                event.notes()));
      }
    }
    return found;
  }

  private static SetAsideState setAside(Connection connection, String id) throws SQLException {
    // of a webhook with several events what is dead comes first
    String sql =
        """
        select state, reason from set_aside where id = ? or receipt = ? or event_id = ?
        order by state, recorded_at limit 1
        """;
    try (PreparedStatement select = DynamicSql.prepared(connection, sql, List.of(id, id, id));
        ResultSet row = select.executeQuery()) {
      return row.next()
          ? new SetAsideState(MessageState.of(row.getString(1)), row.getString(2))
          : null;
    }
  }

  private List<Entry> entries(Connection connection, String sql, List<?> values)
      throws SQLException {
    Map<Long, Entry> entries = new LinkedHashMap<>();
    try (PreparedStatement select = DynamicSql.prepared(connection, sql, values);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        entries.put(row.getLong("id"), entry(row));
      }
    }
    addFailures(connection, entries);
    ReplayRepository.of(connection, entries.keySet())
        .forEach((id, replays) -> entries.get(id).replays().addAll(replays));
    return List.copyOf(entries.values());
  }

  private Entry entry(ResultSet row) throws SQLException {
    DeliveryState state = DeliveryState.of(row.getString("state")).orElseThrow();
    boolean waiting = state == DeliveryState.PENDING;
    return new Entry(
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
        new ArrayList<>());
  }

  /** A destination that is off or gone keeps its deliveries waiting, whatever failed before. */
  private String reasonToWait(ResultSet row) throws SQLException {
    String destination = row.getString("destination");
    String unreachable =
        DeliveryInserter.unreachable(destination, live.destinations().get(destination));
    return unreachable == null ? row.getString("reason") : "waits: " + unreachable;
  }

  private static void addFailures(Connection connection, Map<Long, Entry> entries)
      throws SQLException {
    String sql = "select * from failed_attempt where delivery_id = any (?) order by attempt";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, connection.createArrayOf("bigint", entries.keySet().toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          entries
              .get(row.getLong("delivery_id"))
              .failures()
              .add(
                  new Failure(
                      row.getInt("attempt"),
                      time(row, "at"),
                      row.getObject("status", Integer.class),
                      row.getString("reason"),
                      row.getString("answer")));
        }
      }
    }
  }

  private static OffsetDateTime time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class);
  }
}
