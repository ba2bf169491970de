package org.solarrelay.identity;

import java.util.Set;
import java.util.regex.Pattern;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventType;

/**
 * Names the types of external ids: {@code system.kind}, such as {@code enerflo.customer.uuid}. The
 * name follows from the system, the event's type and the form of the id.
 */
public final class IdType {

  private static final Set<String> PROJECT_KINDS =
      Set.of("install", "deal", "project", "enrollment");
  private static final Set<String> SYSTEMS_WITH_CUSTOMERS = Set.of("enerflo", "solarproof");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private IdType() {}

  /** Whether the id is a UUID, as in Enerflo 2.0 and in Flip; false for null. */
  public static boolean isUuid(String id) {
    return id != null && UUID.matcher(id).matches();
  }

  /** The name of the id in the event's subject. */
  static String nameOfSubject(Event event) {
    return of(event.source(), event.type(), event.subject());
  }

  /**
   * The name of an id of which only the system is known.
   *
   * @param type the type of the event that holds the id
   */
  public static String of(String system, String type, String id) {
    boolean uuid = isUuid(id);
    if (isOfEnrollment(type)) {
      return uuid ? "flip.enrollment" : system + ".enrollment";
    }
    if (isOfLead(type)) {
      return system + (SYSTEMS_WITH_CUSTOMERS.contains(system) ? customer(uuid) : ".lead");
    }
    return switch (system) {
      case "enerflo" -> uuid ? "enerflo.deal" : "enerflo.install";
      case "flip" -> "flip.enrollment";
      case "solarproof" -> "solarproof.customer";
      default -> system + ".project";
    };
  }

  /** Whether ids with this name belong to a project; other ids belong to a customer. */
  public static boolean isOfProject(String name) {
    return PROJECT_KINDS.contains(name.substring(name.indexOf('.') + 1));
  }

  /** The system in a name: {@code enerflo} in {@code enerflo.install}. */
  public static String system(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static String customer(boolean uuid) {
    return uuid ? ".customer.uuid" : ".customer";
  }

  private static boolean isOfLead(String type) {
    return type.startsWith("lead.") || type.equals(EventType.APPOINTMENT_REQUESTED.id());
  }

  private static boolean isOfEnrollment(String type) {
    return type.equals(EventType.ENROLLMENT_CHANGED.id());
  }
}
