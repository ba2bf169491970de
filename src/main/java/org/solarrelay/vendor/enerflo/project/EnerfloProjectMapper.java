package org.solarrelay.vendor.enerflo.project;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.EventTime;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Project;
import org.solarrelay.vendor.enerflo.EnerfloIds;

/**
 * Events of projects as requests to Enerflo (Enerflo, How to Integrate Enerflo with my CRM, stages
 * 3 to 5).
 */
@Singleton
@Named("enerfloProjectMapper")
public class EnerfloProjectMapper {

  /**
   * A milestone and its dates. Where the event names the milestone, the install tells its id,
   * because an id may be the source's own.
   *
   * @param install null where the event names no milestone
   * @throws PermanentFailureException naming the milestones there are, where there is none of that
   *     name
   */
  public EnerfloMilestoneChange milestone(Event event, EnerfloInstall install) {
    Project project = EventData.read(event, Project.class);
    Project.Milestone wanted = project.milestone();
    if (wanted == null || wanted.id() == null && wanted.name() == null) {
      throw new PermanentFailureException("A milestone is needed, by id or by name");
    }
    JsonFields found = wanted.name() == null ? null : find(install, wanted);
    String id = found == null ? wanted.id() : found.text("id");
    String name = found == null ? wanted.name() : EnerfloInstall.title(found);
    return new EnerfloMilestoneChange(EnerfloIds.checkedMilestone(id), name, dates(project));
  }

  /** Null where the install shows no milestones at all and the event has an id to try. */
  private static JsonFields find(EnerfloInstall install, Project.Milestone wanted) {
    boolean none = install.milestoneTitles().isEmpty();
    if (none && wanted.id() != null) {
      return null;
    }
    String there = none ? "none" : String.join(", ", install.milestoneTitles());
    return install
        .milestone(wanted.id(), wanted.name())
        .orElseThrow(
            () ->
                new PermanentFailureException(
                    "Enerflo's install has no milestone \"%s\"; it has: %s"
                        .formatted(wanted.name(), there)));
  }

  /** Null dates are left out: they clear none in Enerflo. */
  private static EnerfloMilestone dates(Project project) {
    if (Stream.of(project.startedOn(), project.dueOn(), project.completedOn())
        .allMatch(Objects::isNull)) {
      throw new PermanentFailureException("A milestone needs startedOn, dueOn or completedOn");
    }
    return new EnerfloMilestone(
        date("startedOn", project.startedOn()),
        date("dueOn", project.dueOn()),
        date("completedOn", project.completedOn()));
  }

  /**
   * A status.
   *
   * @param statusId its number in Enerflo
   */
  public EnerfloStatusChange status(Event event, int statusId) {
    return new EnerfloStatusChange(statusId, event.data());
  }

  /** The body of a note: its text as it is. For Enerflo its author is whose key we have. */
  public Map<String, Object> note(Event event) {
    Project project = EventData.read(event, Project.class);
    if (project.note() == null) {
      throw new PermanentFailureException("A note needs text");
    }
    return Map.of("note", project.note());
  }

  private static String date(String field, String text) {
    return text == null
        ? null
        : EventTime.date(text)
            .map(LocalDate::toString)
            .orElseThrow(
                () -> new PermanentFailureException(field + ": a date YYYY-MM-DD expected"));
  }
}
