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

/** Events as changes of Flip's enrollments, in the words of Flip's update enrollment. */
@Singleton
@Named("flipMapper")
public class FlipMapper {

  private static final Set<String> HARD_TO_UNDO = Set.of("UNENROLLED", "REJECTED");

  private final boolean allowUnenroll;
  private final List<String> activatingMilestones;

  /**
   * @param allowUnenroll whether customers may be taken out of a program without being asked
   * @param activatingMilestones names in any case, or ids
   */
  @Inject
  public FlipMapper(
      @ConfigProperty(name = "relay.flip.allow-unenroll") boolean allowUnenroll,
      @ConfigProperty(name = "relay.flip.activating-milestones")
          List<String> activatingMilestones) {
    this.allowUnenroll = allowUnenroll;
    this.activatingMilestones = activatingMilestones.stream().map(FlipMapper::plain).toList();
  }

  /** What a {@code project.submitted} asks for. */
  public FlipChange submitted(Event event) {
    return change(FlipTransition.SUBMIT, FlipReason.of(event, project(event), "submitted"));
  }

  /** What a {@code project.milestone-changed} asks for: only some milestones say anything. */
  public FlipChange milestone(Event event) {
    return milestone(event, activatingMilestones);
  }

  /**
   * The same where a route names milestones beside those that are configured.
   *
   * @param more names in any case or ids, separated by commas
   */
  public FlipChange milestoneAlso(Event event, String more) {
    Stream<String> named = Stream.of(more.split(",")).map(FlipMapper::plain);
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

  /** What a {@code project.status-changed} asks for. */
  public FlipChange status(Event event) {
    Project project = project(event);
    String written = project.status() == null ? "" : project.status();
    return switch (ProjectStatusNormalizer.normalize(written).orElse("")) {
      case "on-hold" -> change(FlipTransition.PAUSE, FlipReason.of(event, project, "put on hold"));
      case "active" -> change(FlipTransition.RESUME, FlipReason.of(event, project, "active again"));
      case "voided" -> change(FlipTransition.UNENROLL, FlipReason.of(event, project, "voided"));
      case "completed" -> FlipChange.nothing("A completed project leaves its enrollment as it is");
      default -> FlipChange.nothing("Flip has no counterpart of the status " + written);
    };
  }

  /**
   * What an {@code enrollment.changed} asks for.
   *
   * @throws PermanentFailureException where it names a status Flip does not have
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

  /** An event that has no counterpart in Flip. */
  public FlipChange other(Event event) {
    return FlipChange.nothing("Flip does not receive " + event.type());
  }

  private FlipChange change(FlipTransition transition, String reason) {
    return change(transition, new FlipUpdate(transition.status(), reason, null), false);
  }

  private FlipChange change(FlipTransition transition, FlipUpdate update, boolean reasonGiven) {
    boolean needsApproval = HARD_TO_UNDO.contains(update.status()) && !allowUnenroll;
    return new FlipChange(transition, update, reasonGiven, needsApproval, null);
  }

  private static boolean isOneOf(List<String> milestones, String milestone) {
    return milestone != null && milestones.contains(plain(milestone));
  }

  private static String plain(String written) {
    return WordKey.of(written);
  }

  private static Project project(Event event) {
    return EventData.read(event, Project.class);
  }
}
