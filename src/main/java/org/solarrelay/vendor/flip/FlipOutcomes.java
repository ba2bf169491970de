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

/**
 * Turns Flip's responses into outcomes. Each response is an enrollment (Flip, Update enrollment).
 */
@Singleton
@Named("flipOutcomes")
public class FlipOutcomes {

  /**
   * The outcome of a change that is not sent: the enrollment has the status already, its status
   * forbids the change, or an operator has to approve the change first.
   *
   * @param body the response with the current enrollment
   * @param approved whether an operator approved the change; null means false
   * @return null where the change is to be sent
   * @throws PermanentFailureException if Flip reports a failure
   * @throws IOException if the body is not a response of Flip
   */
  public Outcome withoutUpdate(byte[] body, FlipChange change, FlipLink link, Boolean approved)
      throws IOException {
    FlipEnrollment enrollment = enrollment(body);
    String wanted = change.update().status();
    String objection =
        isUnchanged(enrollment, change)
            ? "The enrollment is already " + wanted
            : change.transition().objection(enrollment.status());
    if (objection != null) {
      return Outcome.skipped(objection).withId("flip.enrollment", link.enrollmentId(), link.from());
    }
    return change.needsApproval() && !Boolean.TRUE.equals(approved)
        ? Outcome.held(
            "Setting the enrollment to %s needs approval: %s"
                .formatted(wanted, change.update().statusReason()))
        : null;
  }

  /**
   * The outcome of an update, with the state in Flip's response.
   *
   * @throws PermanentFailureException if Flip reports a failure
   * @throws IOException if the body is not a response of Flip
   */
  public Outcome updated(byte[] body, FlipLink link) throws IOException {
    FlipEnrollment enrollment = enrollment(body);
    return Outcome.delivered(enrollment.id())
        .withId("flip.enrollment", link.enrollmentId(), link.from())
        .withState(EventData.write(enrollment.state()));
  }

  /** The outcome of an event that requests no change. */
  public Outcome skipped(FlipChange change) {
    return Outcome.skipped(change.nothing());
  }

  /** The outcome of a project in Australia. */
  public Outcome siteNotInUnitedStates() {
    return Outcome.skipped("The project is in Australia: Flip's sites are in the United States");
  }

  /** Whether the enrollment has every value of the change. The order of groups does not matter. */
  private static boolean isUnchanged(FlipEnrollment enrollment, FlipChange change) {
    FlipUpdate wanted = change.update();
    boolean sameReason =
        !change.reasonGiven() || wanted.statusReason().equals(enrollment.statusReason());
    List<String> groups = enrollment.groupIds() == null ? List.of() : enrollment.groupIds();
    boolean sameGroups =
        wanted.groupIds() == null || Set.copyOf(wanted.groupIds()).equals(Set.copyOf(groups));
    return wanted.status().equals(enrollment.status()) && sameReason && sameGroups;
  }

  private static FlipEnrollment enrollment(byte[] body) throws IOException {
    JsonNode response = JsonResponse.json("Flip", body);
    FlipEnrollment enrollment = FlipEnrollment.of(response);
    if (enrollment.id() == null || enrollment.status() == null) {
      throw new PermanentFailureException(
          "Flip rejected the request: " + JsonResponse.message(response));
    }
    return enrollment;
  }
}
