package org.solarrelay.flip;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.solarrelay.delivery.RefusedException;
import org.solarrelay.event.EnrollmentChange;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;

/** Events as changes of Flip's enrollments, in the words of Flip's update enrollment. */
@Singleton
@Named("flipMapper")
public class FlipMapper {

  private static final List<String> STATUSES =
      List.of(
          "CREATED",
          "ACTIVE",
          "NEEDS_ACTION",
          "PENDING",
          "REJECTED",
          "UNENROLLED",
          "SUBMITTED",
          "PAUSED");

  private static final Set<String> HARD_TO_UNDO = Set.of("UNENROLLED", "REJECTED");

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final boolean allowUnenroll;

  /**
   * @param allowUnenroll whether customers may be taken out of a program
   */
  @Inject
  public FlipMapper(@ConfigProperty(name = "relay.flip.allow-unenroll") boolean allowUnenroll) {
    this.allowUnenroll = allowUnenroll;
  }

  /**
   * What an {@code enrollment.changed} asks for.
   *
   * @throws RefusedException where it names no enrollment or a status Flip does not have
   */
  public FlipChange change(Event event) {
    EnrollmentChange wanted = EventData.read(event, EnrollmentChange.class);
    String status = status(wanted.status());
    String reason = wanted.statusReason();
    return new FlipChange(
        enrollmentId(event, wanted.ids()),
        new FlipUpdate(
            status,
            reason == null ? "Set to " + status + " by " + event.source() : reason,
            wanted.groupIds()),
        reason != null,
        HARD_TO_UNDO.contains(status) && !allowUnenroll);
  }

  private static String enrollmentId(Event event, Map<String, String> ids) {
    Map<String, String> known = ids == null ? Map.of() : ids;
    String id = known.getOrDefault("flip.enrollment", known.get("flip"));
    id = id == null ? event.subject() : id;
    if (id == null || !UUID.matcher(id).matches()) {
      throw new RefusedException(
          "Flip's enrollment ids are UUIDs: ids[\"flip.enrollment\"] or the subject must be one");
    }
    return id;
  }

  private static String status(String written) {
    String status = written == null ? "" : written.strip().toUpperCase(Locale.ROOT);
    if (!STATUSES.contains(status)) {
      throw new RefusedException("status must be one of " + String.join(", ", STATUSES));
    }
    return status;
  }
}
