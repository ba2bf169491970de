package org.solarrelay.identity.echo;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventType;
import org.solarrelay.event.JsonFields;

/**
 * What the relay knows of a record in a system: what the system reported and what the relay wrote.
 *
 * @param reports events of the system, oldest first
 * @param writes events that the relay delivered to the system, oldest first
 */
public record KnownRecord(List<KnownState> reports, List<KnownState> writes) {

  /** Whether the relay knows nothing of the record. */
  public boolean isEmpty() {
    return reports.isEmpty() && writes.isEmpty();
  }

  /** Whether the system reported a change, or the relay wrote one, after this time. */
  public boolean changedAfter(OffsetDateTime time) {
    return all().anyMatch(known -> known.at().isAfter(time));
  }

  /** Whether the relay knows of the record's creation. */
  public boolean knows(Event creation) {
    if (!creation.type().equals(EventType.PROJECT_NOTE_ADDED.id())) {
      return !isEmpty();
    }
    String note = new JsonFields(creation.data()).text("noteId");
    return comparable(creation).stream()
            .anyMatch(
                known ->
                    new JsonFields(known.state().data()).text("noteId") != null
                        && new JsonFields(known.state().data()).text("noteId").equals(note))
        || has(creation);
  }

  /** Whether the event adds nothing to what the relay knows; false if it knows nothing. */
  public boolean has(Event event) {
    List<KnownState> states = comparable(event);
    return !states.isEmpty()
        && StateComparison.addsNothing(event, states.stream().map(KnownState::state).toList());
  }

  /** The newest state of the part of the record that the event sets. */
  public Optional<KnownState> newest(Event event) {
    List<KnownState> states = comparable(event);
    return states.isEmpty() ? Optional.empty() : Optional.of(states.get(states.size() - 1));
  }

  /**
   * The newest state that has a lead's status.
   *
   * @param withWrites whether the relay's writes set the status
   */
  public Optional<KnownState> newestLeadStatus(boolean withWrites) {
    return (withWrites ? all() : reports.stream())
        .filter(known -> known.state().type().startsWith("lead."))
        .filter(known -> leadStatus(known).isPresent())
        .max(Comparator.comparing(KnownState::at));
  }

  /** The lead's status in a state. */
  public static Optional<String> leadStatus(KnownState known) {
    return Optional.ofNullable(new JsonFields(known.state().data()).text("status"));
  }

  private List<KnownState> comparable(Event event) {
    Set<String> types = StateComparison.comparableTypes(event.type());
    return all()
        .filter(known -> types.contains(known.state().type()))
        .sorted(Comparator.comparing(KnownState::at))
        .toList();
  }

  private Stream<KnownState> all() {
    return Stream.concat(reports.stream(), writes.stream());
  }
}
