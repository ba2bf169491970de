package org.solarrelay.vendor.flip;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.solarrelay.delivery.Outcome;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.delivery.http.JsonResponse;
import org.solarrelay.event.EventData;

/** What Flip's answers mean. Each of them is an enrollment (Flip, Update enrollment). */
@Singleton
@Named("flipOutcomes")
public class FlipOutcomes {

  /**
   * How the delivery ends where nothing is to be sent: Flip has it already, the enrollment stands
   * against it, or an operator has to approve first.
   *
   * @param body the enrollment as it is now
   * @param approved whether an operator has; may be null
   * @return null where the change is to be sent
   * @throws PermanentFailureException where Flip says it failed
   * @throws IOException where this is no answer of Flip's
   */
  public Outcome withoutUpdate(byte[] body, FlipChange change, FlipLink link, Boolean approved)
      throws IOException {
    FlipEnrollment enrollment = enrollment(body);
    String wanted = change.update().status();
    String objection =
        isAlreadySo(enrollment, change)
            ? "The enrollment is already " + wanted
            : change.transition().objection(enrollment.status());
    if (objection != null) {
      return Outcome.skipped(objection)
          .knownAs("flip.enrollment", link.enrollmentId(), link.from());
    }
    return change.needsApproval() && !Boolean.TRUE.equals(approved)
        ? Outcome.held(
            "Setting the enrollment to %s needs approval: %s"
                .formatted(wanted, change.update().statusReason()))
        : null;
  }

  /**
   * The outcome of an update, with the state Flip answered.
   *
   * @throws PermanentFailureException where Flip says it failed
   * @throws IOException where this is no answer of Flip's
   */
  public Outcome updated(byte[] body, FlipLink link) throws IOException {
    FlipEnrollment enrollment = enrollment(body);
    return Outcome.delivered(enrollment.id())
        .knownAs("flip.enrollment", link.enrollmentId(), link.from())
        .having(EventData.write(enrollment.state()));
  }

  /** The outcome of an event that asks nothing of any enrollment. */
  public Outcome skipped(FlipChange change) {
    return Outcome.skipped(change.nothing());
  }

  /** The outcome of a project whose site Flip cannot have. */
  public Outcome siteNotInUnitedStates() {
    return Outcome.skipped("The project is in Australia: Flip's sites are in the United States");
  }

  /** In any order of the groups; what the event does not give is as it is. */
  private static boolean isAlreadySo(FlipEnrollment enrollment, FlipChange change) {
    FlipUpdate wanted = change.update();
    boolean sameReason =
        !change.reasonGiven() || wanted.statusReason().equals(enrollment.statusReason());
    List<String> groups = enrollment.groupIds() == null ? List.of() : enrollment.groupIds();
    boolean sameGroups =
        wanted.groupIds() == null || Set.copyOf(wanted.groupIds()).equals(Set.copyOf(groups));
    return wanted.status().equals(enrollment.status()) && sameReason && sameGroups;
  }

  private static FlipEnrollment enrollment(byte[] body) throws IOException {
    JsonNode answer = JsonResponse.json("Flip", body);
    FlipEnrollment enrollment = FlipEnrollment.of(answer);
    if (enrollment.id() == null || enrollment.status() == null) {
      throw new PermanentFailureException("Flip refused: " + JsonResponse.message(answer));
    }
    return enrollment;
  }
}
