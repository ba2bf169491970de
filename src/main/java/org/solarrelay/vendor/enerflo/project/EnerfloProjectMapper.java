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
 * Maps events of projects to requests to Enerflo (Enerflo, How to Integrate Enerflo with my CRM,
 * stages 3 to 5).
 */
@Singleton
@Named("enerfloProjectMapper")
public class EnerfloProjectMapper {

  /**
   * The change of a milestone. If the event names the milestone, its id is read from the install,
   * because the id in the event may be an id of the source.
   *
   * @param install the install; null where the event names no milestone
   * @throws PermanentFailureException if the install has no such milestone; the text lists its
   *     milestones
   */
  public EnerfloMilestoneChange milestone(Event event, EnerfloInstall install) {
    Project project = EventData.read(event, Project.class);
    Project.Milestone wanted = project.milestone();
    if (wanted == null || wanted.id() == null && wanted.name() == null) {
      throw new PermanentFailureException(
          "project.milestone-changed requires a milestone with id or name");
    }
    JsonFields found = wanted.name() == null ? null : find(install, wanted);
    String id = found == null ? wanted.id() : found.text("id");
    String name = found == null ? wanted.name() : EnerfloInstall.title(found);
    return new EnerfloMilestoneChange(EnerfloIds.checkedMilestone(id), name, dates(project));
  }

  /** The milestone in the install; null if the install lists none and the event has an id. */
  private static JsonFields find(EnerfloInstall install, Project.Milestone wanted) {
    boolean none = install.milestoneTitles().isEmpty();
    if (none && wanted.id() != null) {
      return null;
    }
    String names = none ? "none" : String.join(", ", install.milestoneTitles());
    return install
        .milestone(wanted.id(), wanted.name())
        .orElseThrow(
            () ->
                new PermanentFailureException(
                    "Enerflo's install has no milestone \"%s\"; it has: %s"
                        .formatted(wanted.name(), names)));
  }

  /** The dates. Enerflo keeps its value of a date that is null. */
  private static EnerfloMilestone dates(Project project) {
    if (Stream.of(project.startedOn(), project.dueOn(), project.completedOn())
        .allMatch(Objects::isNull)) {
      throw new PermanentFailureException("A milestone requires startedOn, dueOn or completedOn");
    }
    return new EnerfloMilestone(
        date("startedOn", project.startedOn()),
        date("dueOn", project.dueOn()),
        date("completedOn", project.completedOn()));
  }

  /**
   * The change of an install's status.
   *
   * @param statusId the status' number in Enerflo
   */
  public EnerfloStatusChange status(Event event, int statusId) {
    return new EnerfloStatusChange(statusId, event.data());
  }

  /**
   * The body of a note, with the text unchanged. Enerflo sets the owner of the API key as author.
   */
  public Map<String, Object> note(Event event) {
    Project project = EventData.read(event, Project.class);
    if (project.note() == null) {
      throw new PermanentFailureException("A note requires text");
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
