package org.solarrelay.delivery;

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
import org.solarrelay.event.Event;
import org.solarrelay.event.EventId;

/**
 * Tells a webhook sent again from a new one with the same content: the same id within 24 h is the
 * same event, later it is another. Times are the webhooks' own, so a backlog that is worked off
 * days later is judged alike.
 */
final class DeduplicationWindow {

  private static final Duration LENGTH = Duration.ofHours(24);

  private record Seen(String id, OffsetDateTime at) {}

  private final Map<String, List<Seen>> seenByContent = new HashMap<>();

  /** Knows what the ledger holds of these events' content. */
  static DeduplicationWindow of(Connection connection, List<Event> events) throws SQLException {
    DeduplicationWindow window = new DeduplicationWindow();
    String[] contents =
        events.stream().filter(Event::derivedId).map(Event::id).distinct().toArray(String[]::new);
    if (contents.length > 0) {
      window.load(connection, contents);
    }
    return window;
  }

  /** The id under which the event goes on: its own, or that of its first sight within 24 h. */
  String idOf(Event event) {
    if (!event.derivedId()) {
      return event.id();
    }
    List<Seen> before =
        seenByContent.computeIfAbsent(event.source() + event.id(), content -> new ArrayList<>());
    for (Seen seen : before) {
      if (Duration.between(seen.at(), event.time()).abs().compareTo(LENGTH) < 0) {
        return seen.id();
      }
    }
    String id =
        before.isEmpty() ? event.id() : EventId.of(event.id(), event.time().toInstant().toString());
    before.add(new Seen(id, event.time()));
    return id;
  }

  private void load(Connection connection, String[] contents) throws SQLException {
    String select =
        "select source, derived_from, id, happened_at from event where derived_from = any (?)";
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      statement.setArray(1, connection.createArrayOf("text", contents));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          seenByContent
              .computeIfAbsent(row.getString(1) + row.getString(2), content -> new ArrayList<>())
              .add(new Seen(row.getString(3), row.getObject(4, OffsetDateTime.class)));
        }
      }
    }
  }
}
