package org.solarrelay.flip;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.solarrelay.delivery.Outcome;
import org.solarrelay.delivery.RefusedException;
import org.solarrelay.delivery.VendorAnswer;
import org.solarrelay.event.Event;

/** What Flip's answers mean. Each of them is an enrollment (Flip, Update enrollment). */
@Singleton
@Named("flipAnswers")
public class FlipAnswers {

  /**
   * Whether Flip's enrollment has the wanted status already, and the reason and the groups that the
   * event gives, in any order.
   *
   * @throws RefusedException where Flip says it failed
   * @throws IOException where this is no answer of Flip's
   */
  public boolean alreadySo(byte[] body, FlipChange change) throws IOException {
    JsonNode enrollment = enrollment(body);
    FlipUpdate wanted = change.update();
    boolean sameReason =
        !change.reasonGiven()
            || wanted.statusReason().equals(enrollment.path("status_reason").asText());
    boolean sameGroups =
        wanted.groupIds() == null || Set.copyOf(wanted.groupIds()).equals(groups(enrollment));
    return wanted.status().equals(enrollment.path("status").asText()) && sameReason && sameGroups;
  }

  /**
   * The outcome of an update.
   *
   * @return delivered, with the enrollment's id
   * @throws RefusedException where Flip says it failed
   * @throws IOException where this is no answer of Flip's
   */
  public Outcome updated(byte[] body) throws IOException {
    return Outcome.delivered(enrollment(body).path("id").asText());
  }

  /** The outcome of a change that is in Flip already. */
  public Outcome nothingToDo(FlipChange change) {
    return Outcome.skipped("The enrollment is already " + change.update().status());
  }

  /** The outcome of a change that the operator has not allowed. */
  public Outcome notAllowed(FlipChange change) {
    return Outcome.skipped(
        "Not set to " + change.update().status() + ": FLIP_ALLOW_UNENROLL is not true");
  }

  /** The outcome of an event that has no counterpart in Flip. */
  public Outcome notHandled(Event event) {
    return Outcome.skipped("Flip is not told of " + event.type());
  }

  private static JsonNode enrollment(byte[] body) throws IOException {
    JsonNode answer = VendorAnswer.json("Flip", body);
    if (!answer.hasNonNull("id") || !answer.hasNonNull("status")) {
      throw new RefusedException("Flip refused: " + VendorAnswer.message(answer));
    }
    return answer;
  }

  private static Set<String> groups(JsonNode enrollment) {
    return enrollment.path("site").path("groups").findValuesAsText("id").stream()
        .collect(Collectors.toSet());
  }
}
