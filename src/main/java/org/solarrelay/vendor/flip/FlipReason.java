package org.solarrelay.vendor.flip;

import java.time.LocalDate;
import java.util.Map;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventTime;
import org.solarrelay.event.Project;

/** Writes the {@code status_reason} for people at Flip: "Install 901 put on hold in Enerflo". */
final class FlipReason {

  private static final Map<String, String> NAMES =
      Map.of(
          "enerflo", "Enerflo",
          "solarproof", "Solar Proof",
          "flip", "Flip",
          "crm", "the CRM",
          "web", "a web form");

  private FlipReason() {}

  /**
   * The reason for a change of the project.
   *
   * @param what what happened to the project, such as {@code voided}
   */
  static String of(Event event, Project project, String what) {
    return "%s %s in %s".formatted(project(event, project), what, system(event));
  }

  /** The reason for a completed milestone, with its date. */
  static String completed(Event event, Project project, String milestone) {
    String day =
        EventTime.date(project.completedOn()).map(LocalDate::toString).orElse("an unknown day");
    return of(event, project, "reached %s on %s".formatted(milestone, day));
  }

  /** The reason for a status that the event sets without a reason. */
  static String set(Event event, String status) {
    return "Set to %s in %s".formatted(status, system(event));
  }

  /** The install, if its id is known; else the project under its id in the source. */
  private static String project(Event event, Project project) {
    String install = project.ids() == null ? null : project.ids().get("enerflo.install");
    return install == null ? "Project " + event.subject() : "Install " + install;
  }

  private static String system(Event event) {
    return NAMES.getOrDefault(event.source(), event.source());
  }
}
