package org.solarrelay.vendor.flip;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.event.EnrollmentChange;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.Project;
import org.solarrelay.event.normal.EnrollmentStatusNormalizer;
import org.solarrelay.event.normal.ProjectStatusNormalizer;
import org.solarrelay.event.normal.WordKey;

/** Maps events to changes of enrollments (Flip, Update enrollment). */
@Singleton
@Named("flipMapper")
public class FlipMapper {

  private static final Set<String> STATUSES_TO_APPROVE = Set.of("UNENROLLED", "REJECTED");

  private final boolean allowUnenroll;
  private final List<String> activatingMilestones;

  /**
   * @param allowUnenroll whether the relay may unenroll customers without an operator's approval
   * @param activatingMilestones names or ids of the milestones that activate an enrollment; case
   *     does not matter
   */
  @Inject
  public FlipMapper(
      @ConfigProperty(name = "relay.flip.allow-unenroll") boolean allowUnenroll,
      @ConfigProperty(name = "relay.flip.activating-milestones")
          List<String> activatingMilestones) {
    this.allowUnenroll = allowUnenroll;
    this.activatingMilestones = activatingMilestones.stream().map(WordKey::of).toList();
  }

  /** The change for a {@code project.submitted}. */
  public FlipChange submitted(Event event) {
    return change(FlipTransition.SUBMIT, FlipReason.of(event, project(event), "submitted"));
  }

  /** The change for a {@code project.milestone-changed}; none for most milestones. */
  public FlipChange milestone(Event event) {
    return milestone(event, activatingMilestones);
  }

  /**
   * The change for a {@code project.milestone-changed}, with further milestones that the route
   * names.
   *
   * @param more names or ids, separated by commas; case does not matter
   */
  public FlipChange milestoneAlso(Event event, String more) {
    Stream<String> named = Stream.of(more.split(",")).map(WordKey::of);
    return milestone(event, Stream.concat(activatingMilestones.stream(), named).toList());
  }

  private FlipChange milestone(Event event, List<String> activating) {
    Project project = project(event);
    Project.Milestone milestone = project.milestone();
    String name = milestone == null ? null : milestone.name();
    String id = milestone == null ? null : milestone.id();
    String shown = name == null ? "milestone " + id : name;
    if (!isOneOf(activating, name) && !isOneOf(activating, id)) {
      return FlipChange.nothing("Flip does not receive " + shown);
    }
    return project.completedOn() == null
        ? FlipChange.nothing(shown + " is not completed yet")
        : change(FlipTransition.ACTIVATE, FlipReason.completed(event, project, shown));
  }

  /** The change for a {@code project.status-changed}. */
  public FlipChange status(Event event) {
    Project project = project(event);
    String written = project.status() == null ? "" : project.status();
    return switch (ProjectStatusNormalizer.normalize(written).orElse("")) {
      case "on-hold" -> change(FlipTransition.PAUSE, FlipReason.of(event, project, "put on hold"));
      case "active" -> change(FlipTransition.RESUME, FlipReason.of(event, project, "active again"));
      case "voided" -> change(FlipTransition.UNENROLL, FlipReason.of(event, project, "voided"));
      case "completed" -> FlipChange.nothing("A completed project does not change its enrollment");
      default -> FlipChange.nothing("Flip has no counterpart of the status " + written);
    };
  }

  /**
   * The change for an {@code enrollment.changed}.
   *
   * @throws PermanentFailureException if Flip has no such status
   */
  public FlipChange enrollment(Event event) {
    EnrollmentChange wanted = EventData.read(event, EnrollmentChange.class);
    String status =
        Optional.ofNullable(wanted.status())
            .flatMap(EnrollmentStatusNormalizer::normalize)
            .orElseThrow(
                () ->
                    new PermanentFailureException(
                        "status must be one of "
                            + String.join(", ", EnrollmentStatusNormalizer.STATUSES)));
    String reason = wanted.statusReason();
    FlipUpdate update =
        new FlipUpdate(
            status, reason == null ? FlipReason.set(event, status) : reason, wanted.groupIds());
    return change(FlipTransition.SET, update, reason != null);
  }

  /** No change, for an event that Flip does not receive. */
  public FlipChange other(Event event) {
    return FlipChange.nothing("Flip does not receive " + event.type());
  }

  private FlipChange change(FlipTransition transition, String reason) {
    return change(transition, FlipUpdate.ofStatus(transition.status(), reason), false);
  }

  private FlipChange change(FlipTransition transition, FlipUpdate update, boolean reasonGiven) {
    boolean needsApproval = STATUSES_TO_APPROVE.contains(update.status()) && !allowUnenroll;
    return FlipChange.of(transition, update, reasonGiven, needsApproval);
  }

  private static boolean isOneOf(List<String> milestones, String milestone) {
    return milestone != null && milestones.contains(WordKey.of(milestone));
  }

  private static Project project(Event event) {
    return EventData.read(event, Project.class);
  }
}
