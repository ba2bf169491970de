package org.solarrelay.identity.echo;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventType;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.identity.EventIds;
import org.solarrelay.identity.IdType;
import org.solarrelay.identity.Identity;
import org.solarrelay.identity.IdentityLink;

/**
 * Recognises echoes: events by which a vendor reports the relay's own write. Delivering an echo
 * would start a loop. An echo has the same record and the same values as a write within {@code
 * RELAY_ECHO_WINDOW}. An event with other values is a change by a user and is delivered.
 */
@Singleton
public class EchoDetector {

  /** Longer than a reconciled event takes from the list to fan-out. */
  private static final Duration LATER = Duration.ofDays(1);

  private static final Set<String> WHOLE_LEADS =
      Set.of(EventType.LEAD_SUBMITTED.id(), EventType.LEAD_CHANGED.id());

  private final ReloadableConfig live;
  private final RelayConfig config;
  private final Identity identity;
  private final JsonMemory memory;

  public EchoDetector(ReloadableConfig live, Identity identity) {
    this.live = live;
    this.config = live.get();
    this.identity = identity;
    this.memory = new JsonMemory(config);
  }

  /**
   * The echoes among events that fan-out is about to store.
   *
   * @param events in the order of their topic
   */
  public Map<Event, Echo> find(Connection connection, List<Event> events) throws SQLException {
    List<Event> candidates = events.stream().filter(this::mayEcho).toList();
    Map<Event, Echo> echoes = new IdentityHashMap<>();
    if (candidates.isEmpty()) {
      return echoes;
    }
    List<Event> withIds = identity.addKnownIds(connection, candidates);
    StateHistory history = new StateHistory(connection, config.echoWindow(), memory.stageBytes());
    List<KnownState> earlier = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      Event event = candidates.get(i);
      Echo echo = echo(history, event, records(withIds.get(i)), earlier);
      if (echo != null) {
        echoes.put(event, echo);
      }
      earlier.add(new KnownState(event, event.time()));
    }
    return echoes;
  }

  private boolean mayEcho(Event event) {
    RelayConfig.Destination writtenTo = live.destinations().get(event.source());
    return writtenTo != null
        && writtenTo.on()
        && !StateComparison.comparableTypes(event.type()).isEmpty();
  }

  private Echo echo(
      StateHistory history, Event event, Set<String> records, List<KnownState> earlier)
      throws SQLException {
    Set<String> types = StateComparison.comparableTypes(event.type());
    List<KnownState> reported =
        Stream.concat(
                history.reports(event).stream(),
                earlier.stream().filter(known -> haveOneSubject(known.state(), event)))
            .filter(known -> types.contains(known.state().type()))
            .toList();
    Optional<Echo> superseded = superseded(history, event, earlier);
    if (superseded.isPresent()) {
      return superseded.get();
    }
    List<KnownState> written =
        history.writes(event, records).stream()
            .filter(known -> types.contains(known.state().type()))
            .toList();
    boolean justWritten = written.stream().anyMatch(known -> isRecent(known, event));
    if (justWritten && addsNothing(event, written, reported)) {
      return new Echo(reason(event, newest(written)));
    }
    Echo echoOfPending = !justWritten ? echoOfPendingWrite(history, event, types) : null;
    return echoOfPending == null ? unchangedStatus(history, event, reported) : echoOfPending;
  }

  /**
   * A reconciled state that is older than a webhook: the source changed the record while
   * reconciliation read the list.
   */
  private static Optional<Echo> superseded(
      StateHistory history, Event event, List<KnownState> earlier) throws SQLException {
    if (!event.reconciled()) {
      return Optional.empty();
    }
    Event later = event.toBuilder().time(event.time().plus(LATER)).build();
    return Stream.concat(
            history.reports(later).stream(),
            earlier.stream().filter(known -> haveOneSubject(known.state(), event)))
        .filter(known -> setSame(known.state(), event))
        .filter(known -> known.at().isAfter(event.time()))
        .max(Comparator.comparing(KnownState::at))
        .map(
            known ->
                new Echo(
                    "superseded: %s reported event %s after reconciliation read the list"
                        .formatted(event.source(), known.state().id())));
  }

  private static boolean setSame(Event one, Event other) {
    return one.type().equals(other.type())
        || WHOLE_LEADS.contains(one.type()) && WHOLE_LEADS.contains(other.type());
  }

  /** An echo of a write whose response has not arrived, so the vendor's id is still unknown. */
  private Echo echoOfPendingWrite(StateHistory history, Event event, Set<String> types)
      throws SQLException {
    String email = IdentityLink.emailOf(event);
    if (email == null || !event.type().startsWith("lead.")) {
      return null;
    }
    for (KnownState sent : history.pendingWrites(event)) {
      boolean same =
          types.contains(sent.state().type())
              && email.equals(IdentityLink.emailOf(sent.state()))
              && StateComparison.addsNothing(event, List.of(sent.state()));
      if (same) {
        IdentityLink link = IdentityLink.of(event).mergedWith(IdentityLink.of(sent.state()));
        return new Echo(reason(event, sent), link);
      }
    }
    return null;
  }

  /**
   * The echo of a status that the source has reported before: Enerflo sends the status with every
   * change of an install. An event with an explicit id is no such echo, and none follows an event
   * of which a delivery is dead.
   */
  private Echo unchangedStatus(StateHistory history, Event event, List<KnownState> reported)
      throws SQLException {
    boolean ofStatus = event.type().equals(EventType.PROJECT_STATUS_CHANGED.id());
    if (!ofStatus || !event.derivedId() || reported.isEmpty()) {
      return null;
    }
    KnownState last = newest(reported);
    return isRecent(last, event)
            && StateComparison.addsNothing(event, List.of(last.state()))
            && !history.hasDeadDelivery(last.state())
        ? new Echo(
            "unchanged: %s reported the same status in event %s"
                .formatted(event.source(), last.state().id()))
        : null;
  }

  private boolean isRecent(KnownState known, Event event) {
    return !known.at().isBefore(event.time().minus(config.echoWindow()));
  }

  private static boolean addsNothing(
      Event event, List<KnownState> written, List<KnownState> reported) {
    List<Event> states =
        Stream.concat(written.stream(), reported.stream())
            .sorted(Comparator.comparing(KnownState::at))
            .map(KnownState::state)
            .toList();
    return StateComparison.addsNothing(event, states);
  }

  private static KnownState newest(List<KnownState> states) {
    return states.stream().max(Comparator.comparing(KnownState::at)).orElseThrow();
  }

  private static boolean haveOneSubject(Event one, Event other) {
    return one.source().equals(other.source()) && one.subject().equals(other.subject());
  }

  private static String reason(Event event, KnownState written) {
    return "echo of event %s, which this relay wrote to %s at %s"
        .formatted(written.state().id(), event.source(), written.at().toInstant());
  }

  /** The values of {@code delivery.record} that deliveries of the event's record may have. */
  static Set<String> records(Event event) {
    Set<String> records = new LinkedHashSet<>();
    EventIds.of(event)
        .forEach(
            (name, id) -> {
              records.add(IdType.system(name) + ":" + id);
              if (name.equals("enerflo.integration-record-id")) {
                // the integration_record_id may or may not begin with the source
                records.add(id);
                records.add("crm:" + id);
              }
            });
    return records;
  }
}
