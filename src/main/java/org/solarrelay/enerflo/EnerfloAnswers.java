package org.solarrelay.enerflo;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.solarrelay.delivery.AccessDeniedException;
import org.solarrelay.delivery.Outcome;
import org.solarrelay.delivery.RefusedException;
import org.solarrelay.delivery.VendorAnswer;
import org.solarrelay.event.Event;

/**
 * What Enerflo's answers mean. Its 200 may be a failure: only the body says (Enerflo, Leads API).
 */
@Singleton
@Named("enerfloAnswers")
public class EnerfloAnswers {

  private static final String ACCESS_DENIED = "Access not Permitted";

  /**
   * The outcome of an add lead request.
   *
   * @param body of a 2xx answer
   * @return delivered, with the id of the lead in Enerflo
   * @throws AccessDeniedException where Enerflo does not take the key
   * @throws RefusedException where it says it failed, in Enerflo's words
   * @throws IOException where this is no answer of Enerflo's
   */
  public Outcome leadAdded(byte[] body) throws IOException {
    if (VendorAnswer.text(body).equalsIgnoreCase(ACCESS_DENIED)) {
      throw accessDenied();
    }
    JsonNode answer = VendorAnswer.json("Enerflo", body);
    String said = VendorAnswer.message(answer);
    if (ACCESS_DENIED.equalsIgnoreCase(said)) {
      throw accessDenied();
    }
    if (!isSuccess(answer)) {
      throw new RefusedException("Enerflo refused the lead: " + said);
    }
    return Outcome.delivered(leadId(answer));
  }

  /** The outcome of an event that has no counterpart in Enerflo. */
  public Outcome notHandled(Event event) {
    return Outcome.skipped("Enerflo is not told of " + event.type());
  }

  private static boolean isSuccess(JsonNode answer) {
    return "success".equals(answer.path("result").asText())
        || "success".equals(answer.path("status").asText());
  }

  private static String leadId(JsonNode answer) {
    JsonNode nested = answer.at("/data/lead/id");
    JsonNode id = nested.isMissingNode() ? answer.path("customer_id") : nested;
    if (!id.isValueNode() || id.isNull()) {
      throw new RefusedException("Enerflo says success but names no lead id");
    }
    return id.asText();
  }

  private static AccessDeniedException accessDenied() {
    return new AccessDeniedException("Enerflo does not permit access with this API key");
  }
}
