package org.solarrelay.identity;

import java.util.Set;
import java.util.regex.Pattern;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventType;

/** How ids are named: {@code system.kind}, such as {@code enerflo.customer.uuid}. */
public final class IdType {

  private static final Set<String> KINDS_OF_PROJECTS =
      Set.of("install", "deal", "project", "enrollment");
  private static final Set<String> CUSTOMERS = Set.of("enerflo", "solarproof");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private IdType() {}

  /** Whether the id is a UUID, as those of Enerflo 2.0 and of Flip are; false for null. */
  public static boolean isUuid(String id) {
    return id != null && UUID.matcher(id).matches();
  }

  /** What the event's subject is an id of. */
  static String ofSubject(Event event) {
    return of(event.source(), event.type(), event.subject());
  }

  /**
   * The name of an id that is known to be of a system only.
   *
   * @param type of the event that tells the id
   */
  static String of(String system, String type, String id) {
    boolean uuid = isUuid(id);
    if (isOfEnrollment(type)) {
      return uuid ? "flip.enrollment" : system + ".enrollment";
    }
    if (isOfLead(type)) {
      return system + (CUSTOMERS.contains(system) ? customer(uuid) : ".lead");
    }
    return switch (system) {
      case "enerflo" -> uuid ? "enerflo.deal" : "enerflo.install";
      case "flip" -> "flip.enrollment";
      case "solarproof" -> "solarproof.customer";
      default -> system + ".project";
    };
  }

  /** Whether it names a project, as opposed to the customer whose project it is. */
  static boolean isOfProject(String name) {
    return KINDS_OF_PROJECTS.contains(name.substring(name.indexOf('.') + 1));
  }

  /** The system that gave the id. */
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
