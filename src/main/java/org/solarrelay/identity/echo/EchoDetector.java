package org.solarrelay.identity.echo;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
 * Recognises events that tell of what this relay has just written itself: a system that we write to
 * announces our write like anybody's, and passing that on would go round for ever. An echo is of
 * the same record and says the same as we wrote within {@code RELAY_ECHO_WINDOW}; what differs is
 * somebody's change and passes.
 */
@Singleton
public class EchoDetector {

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

  /** The echoes among events that are about to be fanned out, in the order of their topic. */
  public Map<Event, Echo> among(Connection connection, List<Event> events) throws SQLException {
    List<Event> suspects = events.stream().filter(this::mayEcho).toList();
    Map<Event, Echo> echoes = new IdentityHashMap<>();
    if (suspects.isEmpty()) {
      return echoes;
    }
    List<Event> complete = identity.addKnownIds(connection, suspects);
    StateHistory ledger = new StateHistory(connection, config.echoWindow(), memory.stageBytes());
    List<KnownState> earlier = new ArrayList<>();
    for (int i = 0; i < suspects.size(); i++) {
      Event event = suspects.get(i);
      Echo echo = echo(ledger, event, records(complete.get(i)), earlier);
      if (echo != null) {
        echoes.put(event, echo);
      }
      earlier.add(new KnownState(event, event.time(), false, true));
    }
    return echoes;
  }

  private boolean mayEcho(Event event) {
    RelayConfig.Destination writtenTo = live.destinations().get(event.source());
    return writtenTo != null
        && writtenTo.on()
        && !StateComparison.typesThatMake(event.type()).isEmpty();
  }

  private Echo echo(StateHistory ledger, Event event, Set<String> records, List<KnownState> earlier)
      throws SQLException {
    Set<String> types = StateComparison.typesThatMake(event.type());
    List<KnownState> said =
        Stream.concat(
                ledger.said(event).stream(),
                earlier.stream().filter(known -> isOfOneRecord(known.state(), event)))
            .filter(known -> types.contains(known.state().type()))
            .toList();
    List<KnownState> written =
        ledger.written(event, records).stream()
            .filter(known -> types.contains(known.state().type()))
            .toList();
    boolean justWritten = written.stream().anyMatch(known -> isRecent(known, event));
    if (justWritten && isKnown(event, written, said)) {
      return new Echo(reason(event, newest(written)), null);
    }
    Echo unanswered = !justWritten ? unanswered(ledger, event, types) : null;
    return unanswered == null ? repetition(ledger, event, said) : unanswered;
  }

  /** The vendor announces our write before it has told us which record it made. */
  private Echo unanswered(StateHistory ledger, Event event, Set<String> types) throws SQLException {
    String email = IdentityLink.of(event).email();
    if (email == null || !event.type().startsWith("lead.")) {
      return null;
    }
    for (KnownState sent : ledger.unanswered(event)) {
      IdentityLink of = IdentityLink.of(sent.state());
      boolean same =
          types.contains(sent.state().type())
              && email.equals(of.email())
              && StateComparison.of(event, List.of(sent.state()));
      if (same) {
        return new Echo(reason(event, sent), IdentityLink.of(event).and(of));
      }
    }
    return null;
  }

  /**
   * Enerflo tells the status of an install with every change of it. Who says so on purpose is heard
   * again, and so is everybody where the last time came to nothing.
   */
  private Echo repetition(StateHistory ledger, Event event, List<KnownState> said)
      throws SQLException {
    boolean ofStatus = event.type().equals(EventType.PROJECT_STATUS_CHANGED.id());
    if (!ofStatus || !event.derivedId() || said.isEmpty()) {
      return null;
    }
    KnownState last = newest(said);
    return isRecent(last, event)
            && StateComparison.of(event, List.of(last.state()))
            && !ledger.isDeadAnywhere(last.state())
        ? new Echo(
            "unchanged: %s told the same status with event %s"
                .formatted(event.source(), last.state().id()),
            null)
        : null;
  }

  private boolean isRecent(KnownState known, Event event) {
    return !known.at().isBefore(event.time().minus(config.echoWindow()));
  }

  private static boolean isKnown(Event event, List<KnownState> written, List<KnownState> said) {
    List<Event> states =
        Stream.concat(written.stream(), said.stream())
            .sorted(Comparator.comparing(KnownState::at))
            .map(KnownState::state)
            .toList();
    return StateComparison.of(event, states);
  }

  private static KnownState newest(List<KnownState> states) {
    return states.stream().max(Comparator.comparing(KnownState::at)).orElseThrow();
  }

  private static boolean isOfOneRecord(Event one, Event other) {
    return one.source().equals(other.source()) && one.subject().equals(other.subject());
  }

  private static String reason(Event event, KnownState written) {
    return "echo of event %s, which this relay wrote to %s at %s"
        .formatted(written.state().id(), event.source(), written.at().toInstant());
  }

  /** Under which the deliveries of the event's record may stand. */
  private static Set<String> records(Event complete) {
    Set<String> records = new LinkedHashSet<>();
    EventIds.of(complete)
        .forEach(
            (name, id) -> {
              records.add(IdType.system(name) + ":" + id);
              if (name.equals("enerflo.integration-record-id")) {
                // the key we gave Enerflo: a source's own id with or without the source before it
                records.add(id);
                records.add("crm:" + id);
              }
            });
    return records;
  }
}
