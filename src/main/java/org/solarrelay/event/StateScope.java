package org.solarrelay.event;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Lists the parts of a record that an event sets. If two events of a record set the same part, the
 * later event supersedes the earlier one, which must not be delivered after it.
 */
public final class StateScope {

  private static final List<String> ADDS_TO_THE_RECORD = List.of();

  private StateScope() {}

  /**
   * The parts that an event sets. Notes, appointments and change orders add to the record and set
   * no part, so they are never superseded.
   */
  public static List<String> of(Event event) {
    EventType type = EventType.of(event.type()).orElse(EventType.PROJECT_NOTE_ADDED);
    return switch (type) {
      case LEAD_SUBMITTED, LEAD_CHANGED ->
          // an event without status does not set the status
          new JsonFields(event.data()).text("status") == null
              ? List.of("lead")
              : List.of("lead", "lead-status");
      case LEAD_STATUS_CHANGED -> List.of("lead-status");
      // requests a deal; no other type of event does
      case LEAD_QUALIFIED -> List.of("deal");
      case PROJECT_SUBMITTED -> List.of("project");
      case PROJECT_STATUS_CHANGED -> List.of("project-status");
      case PROJECT_MILESTONE_CHANGED -> milestone(new JsonFields(event.data()).in("milestone"));
      case ENROLLMENT_CHANGED -> List.of("enrollment");
      case PROJECT_NOTE_ADDED, APPOINTMENT_REQUESTED, CHANGE_ORDER_SIGNED -> ADDS_TO_THE_RECORD;
    };
  }

  /** The part by id and by name, because an event may have only one of them. */
  private static List<String> milestone(JsonFields milestone) {
    String id = milestone.text("id");
    String name = milestone.text("name");
    return Stream.of(
            id == null ? "" : "milestone#" + id,
            name == null ? "" : "milestone " + name.toLowerCase(Locale.ROOT))
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
