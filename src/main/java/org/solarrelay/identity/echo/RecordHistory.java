package org.solarrelay.identity.echo;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.database.Sql;
import org.solarrelay.event.Event;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.identity.EventIds;
import org.solarrelay.identity.IdType;
import org.solarrelay.identity.Identity;
import org.solarrelay.identity.IdentityLink;

/** Reads what the relay knows of a record in the system that an event comes from. */
@Singleton
public class RecordHistory {

  /** Later than the clocks of all pods. */
  private static final Duration AHEAD = Duration.ofHours(1);

  /** A list may have the number of a customer whose webhooks have the UUID. */
  private static final Sql UUIDS_BY_EMAIL =
      Sql.of(
          """
          select i.id from record_trait t join record_id i on i.record = t.record
          where t.trait = 'email' and t.value = :email and i.name = :name
          limit 20
          """);

  private final Identity identity;
  private final Duration window;
  private final long bytes;

  public RecordHistory(ReloadableConfig live, Identity identity) {
    this.identity = identity;
    this.window = live.get().echoWindow();
    this.bytes = new JsonMemory(live.get()).stageBytes();
  }

  /**
   * What the relay knows of each event's record. A record may have several ids in its system, such
   * as a number and a UUID; the result covers all of them that are linked.
   *
   * @return in the order of the events
   */
  public List<KnownRecord> of(Connection connection, List<Event> events) throws SQLException {
    StateHistory history = new StateHistory(connection, window, bytes);
    List<KnownRecord> known = new ArrayList<>();
    for (Event event : identity.addKnownIds(connection, events)) {
      Event now = event.toBuilder().time(OffsetDateTime.now().plus(AHEAD)).build();
      List<KnownState> reports = reports(history, now, subjects(event));
      List<KnownState> writes = writes(history, now, event);
      if (reports.isEmpty() && writes.isEmpty()) {
        reports = reports(history, now, uuidsByEmail(connection, event));
      }
      known.add(new KnownRecord(sorted(reports), sorted(writes)));
    }
    return known;
  }

  private static List<KnownState> reports(
      StateHistory history, Event event, Collection<String> subjects) throws SQLException {
    List<KnownState> reports = new ArrayList<>();
    for (String subject : subjects) {
      reports.addAll(history.reports(event.toBuilder().subject(subject).build()));
    }
    return reports;
  }

  /**
   * The writes to the record itself: those to a project's customer are no writes to the project.
   */
  private static List<KnownState> writes(StateHistory history, Event now, Event event)
      throws SQLException {
    return history.writes(now, EchoDetector.records(event)).stream()
        .filter(known -> isOfProject(known.state()) == isOfProject(event))
        .toList();
  }

  private static boolean isOfProject(Event event) {
    return event.type().startsWith("project.");
  }

  private static List<String> uuidsByEmail(Connection connection, Event event) throws SQLException {
    String email = IdentityLink.emailOf(event);
    return email == null || !event.type().startsWith("lead.")
        ? List.of()
        : UUIDS_BY_EMAIL.list(
            connection,
            parameters ->
                parameters.set("email", email).set("name", event.source() + ".customer.uuid"),
            row -> row.getString("id"));
  }

  /** The ids that the record has in its system; the event's own comes first. */
  private static Set<String> subjects(Event event) {
    Set<String> subjects = new LinkedHashSet<>();
    subjects.add(event.subject());
    boolean project = isOfProject(event);
    EventIds.of(event)
        .forEach(
            (name, id) -> {
              boolean ofSystem = IdType.system(name).equals(event.source());
              if (ofSystem && IdType.isOfProject(name) == project) {
                subjects.add(id);
              }
            });
    return subjects;
  }

  private static List<KnownState> sorted(List<KnownState> states) {
    return states.stream().sorted(Comparator.comparing(KnownState::at)).toList();
  }
}
