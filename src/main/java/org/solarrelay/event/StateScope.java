package org.solarrelay.event;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What an event sets of its record. Where two events of one record have a facet in common, the
 * later one takes the place of the earlier, which must not be delivered after it.
 */
public final class StateScope {

  private static final List<String> ADDS_TO_THE_RECORD = List.of();

  private StateScope() {}

  /**
   * The facets an event sets; none where it adds to the record, as notes, appointments and change
   * orders do: of these each counts, however late it comes.
   */
  public static List<String> of(Event event) {
    EventType type = EventType.of(event.type()).orElse(EventType.PROJECT_NOTE_ADDED);
    return switch (type) {
      case LEAD_SUBMITTED, LEAD_CHANGED ->
          // one that tells no status leaves the status alone
          new JsonFields(event.data()).text("status") == null
              ? List.of("lead")
              : List.of("lead", "lead-status");
      case LEAD_STATUS_CHANGED -> List.of("lead-status");
      // it asks for a deal, which no other event of the lead does in its place
      case LEAD_QUALIFIED -> List.of("deal");
      case PROJECT_SUBMITTED -> List.of("project");
      case PROJECT_STATUS_CHANGED -> List.of("project-status");
      case PROJECT_MILESTONE_CHANGED -> milestone(new JsonFields(event.data()).in("milestone"));
      case ENROLLMENT_CHANGED -> List.of("enrollment");
      case PROJECT_NOTE_ADDED, APPOINTMENT_REQUESTED, CHANGE_ORDER_SIGNED -> ADDS_TO_THE_RECORD;
    };
  }

  /** By id and by name: an event may tell only one of them. */
  private static List<String> milestone(JsonFields milestone) {
    String id = milestone.text("id");
    String name = milestone.text("name");
    return Stream.of(
            id == null ? "" : "milestone#" + id,
            name == null ? "" : "milestone " + name.toLowerCase(Locale.ROOT))
        .filter(facet -> !facet.isEmpty())
        .toList();
  }
}
