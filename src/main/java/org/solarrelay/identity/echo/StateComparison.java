package org.solarrelay.identity.echo;

import java.util.List;
import java.util.Set;
import org.solarrelay.event.EnrollmentChange;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Lead;
import org.solarrelay.event.Project;

/** Whether an event says of a record only what its system is known to say already. */
final class StateComparison {

  private static final Set<String> LEADS =
      Set.of(
          EventType.LEAD_SUBMITTED.id(),
          EventType.LEAD_CHANGED.id(),
          EventType.LEAD_STATUS_CHANGED.id(),
          EventType.LEAD_QUALIFIED.id(),
          EventType.APPOINTMENT_REQUESTED.id());

  private StateComparison() {}

  /**
   * Which events tell of the same side of a record as one of this type, and so may have made it.
   *
   * @return empty for what is never an echo, because it asks for something or happens once
   */
  static Set<String> typesThatMake(String type) {
    return switch (EventType.of(type).orElse(EventType.PROJECT_SUBMITTED)) {
      case LEAD_SUBMITTED, LEAD_CHANGED -> LEADS;
      case LEAD_STATUS_CHANGED,
          PROJECT_STATUS_CHANGED,
          PROJECT_MILESTONE_CHANGED,
          PROJECT_NOTE_ADDED ->
          Set.of(type);
      case ENROLLMENT_CHANGED ->
          Set.of(
              type,
              EventType.PROJECT_SUBMITTED.id(),
              EventType.PROJECT_STATUS_CHANGED.id(),
              EventType.PROJECT_MILESTONE_CHANGED.id());
      default -> Set.of();
    };
  }

  /**
   * Whether {@code event} adds nothing to {@code states}.
   *
   * @param states what its system was told or said itself, oldest first; not empty
   */
  static boolean of(Event event, List<Event> states) {
    try {
      return switch (EventType.of(event.type()).orElseThrow()) {
        case LEAD_SUBMITTED -> new NormalizedLead(states).holdsPersonOf(lead(event));
        case LEAD_CHANGED -> new NormalizedLead(states).holdsAllOf(lead(event));
        case LEAD_STATUS_CHANGED -> same(lead(event).status(), lead(last(states)).status());
        case PROJECT_STATUS_CHANGED -> sameStatus(event, last(states));
        case PROJECT_NOTE_ADDED ->
            states.stream()
                .map(StateComparison::noteOf)
                .anyMatch(note -> !note.isEmpty() && noteOf(event).contains(note));
        case PROJECT_MILESTONE_CHANGED -> sameMilestone(project(event), states);
        case ENROLLMENT_CHANGED -> sameEnrollment(enrollment(event), enrollment(last(states)));
        default -> false;
      };
    } catch (InvalidMessageException e) {
      return false;
    }
  }

  /** By word, or by number where one of the two is known by its number only. */
  private static boolean sameStatus(Event told, Event state) {
    String number = statusNumber(told);
    return same(project(told).status(), project(state).status())
        || number != null && number.equals(statusNumber(state));
  }

  private static String statusNumber(Event event) {
    JsonFields data = new JsonFields(event.data());
    String number = data.text("statusId");
    return number == null ? data.in("install").text("status_id") : number;
  }

  private static boolean sameMilestone(Project told, List<Event> states) {
    return states.stream()
        .map(StateComparison::project)
        .filter(state -> isOneMilestone(told.milestone(), state.milestone()))
        .reduce((earlier, later) -> later)
        .filter(
            state ->
                sameDay(told.startedOn(), state.startedOn())
                    && sameDay(told.dueOn(), state.dueOn())
                    && sameDay(told.completedOn(), state.completedOn()))
        .isPresent();
  }

  private static boolean isOneMilestone(Project.Milestone one, Project.Milestone other) {
    return one != null
        && other != null
        && (one.id() != null && other.id() != null
            ? one.id().equals(other.id())
            : one.name() != null && same(one.name(), other.name()));
  }

  private static boolean sameEnrollment(EnrollmentChange told, EnrollmentChange state) {
    boolean sameGroups =
        told.groupIds() == null
            || state.groupIds() == null
            || Set.copyOf(told.groupIds()).equals(Set.copyOf(state.groupIds()));
    return same(told.status(), state.status()) && sameGroups;
  }

  /** Systems that leave a date out have not said that there is none. */
  private static boolean sameDay(String told, String known) {
    return told == null || known != null && day(told).equals(day(known));
  }

  private static String day(String date) {
    return date.substring(0, Math.min(10, date.length()));
  }

  private static boolean same(String one, String other) {
    return one != null && one.equalsIgnoreCase(other);
  }

  private static Event last(List<Event> states) {
    return states.get(states.size() - 1);
  }

  private static String noteOf(Event event) {
    String note = project(event).note();
    return note == null ? "" : note.strip();
  }

  private static Lead lead(Event event) {
    return EventData.read(event, Lead.class);
  }

  private static Project project(Event event) {
    return EventData.read(event, Project.class);
  }

  private static EnrollmentChange enrollment(Event event) {
    return EventData.read(event, EnrollmentChange.class);
  }
}
