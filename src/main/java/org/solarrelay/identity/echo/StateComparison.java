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

/** Compares an event with the earlier states of its record in a system. */
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
   * The types of events that set the same part of a record as this type.
   *
   * @return empty for a type that is never an echo, because its events request something or happen
   *     once
   */
  static Set<String> comparableTypes(String type) {
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
   * Whether an event adds nothing to earlier states.
   *
   * @param states what the relay wrote to the system and what the system reported, oldest first;
   *     not empty
   */
  static boolean addsNothing(Event event, List<Event> states) {
    try {
      return switch (EventType.of(event.type()).orElseThrow()) {
        case LEAD_SUBMITTED -> new NormalizedLead(states).containsAllButStatus(lead(event));
        case LEAD_CHANGED -> new NormalizedLead(states).containsAll(lead(event));
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

  /** Whether the words of the two statuses are equal, or their numbers. */
  private static boolean sameStatus(Event event, Event state) {
    String number = statusNumber(event);
    return same(project(event).status(), project(state).status())
        || number != null && number.equals(statusNumber(state));
  }

  private static String statusNumber(Event event) {
    JsonFields data = new JsonFields(event.data());
    String number = data.text("statusId");
    return number == null ? data.in("install").text("status_id") : number;
  }

  private static boolean sameMilestone(Project event, List<Event> states) {
    return states.stream()
        .map(StateComparison::project)
        .filter(state -> isSameMilestone(event.milestone(), state.milestone()))
        .reduce((earlier, later) -> later)
        .filter(
            state ->
                sameDay(event.startedOn(), state.startedOn())
                    && sameDay(event.dueOn(), state.dueOn())
                    && sameDay(event.completedOn(), state.completedOn()))
        .isPresent();
  }

  private static boolean isSameMilestone(Project.Milestone one, Project.Milestone other) {
    return one != null
        && other != null
        && (one.id() != null && other.id() != null
            ? one.id().equals(other.id())
            : one.name() != null && same(one.name(), other.name()));
  }

  private static boolean sameEnrollment(EnrollmentChange event, EnrollmentChange state) {
    boolean sameGroups =
        event.groupIds() == null
            || state.groupIds() == null
            || Set.copyOf(event.groupIds()).equals(Set.copyOf(state.groupIds()));
    return same(event.status(), state.status()) && sameGroups;
  }

  /** A date that the event leaves out is not compared. */
  private static boolean sameDay(String date, String known) {
    return date == null || known != null && day(date).equals(day(known));
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
