package org.solarrelay.vendor.enerflo.lead;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.solarrelay.delivery.CredentialsRejectedException;
import org.solarrelay.delivery.Outcome;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.delivery.http.JsonResponse;
import org.solarrelay.event.Event;
import org.solarrelay.vendor.enerflo.EnerfloIds;
import org.solarrelay.vendor.enerflo.EnerfloResponse;

/**
 * What Enerflo's answers mean. Its 200 may be a failure: only the body says (Enerflo, Leads API).
 */
@Singleton
@Named("enerfloOutcomes")
public class EnerfloOutcomes {

  private static final String ANSWER = "Enerflo's response";

  /**
   * The outcome of an add lead request.
   *
   * @param body of a 2xx answer
   * @param request what was sent
   * @return delivered, with the id of the lead in Enerflo
   * @throws CredentialsRejectedException where Enerflo does not take the key
   * @throws PermanentFailureException where it says it failed, in Enerflo's words
   * @throws IOException where this is no answer of Enerflo's
   */
  public Outcome.Delivered leadAdded(byte[] body, EnerfloLeadRequest request) throws IOException {
    JsonNode answer = EnerfloResponse.json(body);
    if (!isSuccess(answer)) {
      throw new PermanentFailureException(
          "Enerflo refused the lead: " + JsonResponse.message(answer));
    }
    String id = leadId(answer);
    if (id == null) {
      throw new PermanentFailureException("Enerflo says success but names no lead id");
    }
    return Outcome.delivered(id)
        .knownAs(EnerfloIds.CUSTOMER, id, ANSWER)
        .knownAs(EnerfloIds.RECORD_ID, request.lead().recordId(), "add lead in Enerflo");
  }

  /**
   * The outcome of a schedule audit, whose answer no page documents.
   *
   * @param audit what was sent
   */
  public Outcome.Delivered audited(byte[] body, EnerfloAudit audit) throws IOException {
    String id = leadId(EnerfloResponse.accepted(body, "the schedule audit"));
    Outcome.Delivered delivered =
        Outcome.delivered(id)
            .knownAs(EnerfloIds.RECORD_ID, audit.recordId(), "schedule audit in Enerflo");
    return id == null ? delivered : delivered.knownAs(EnerfloIds.CUSTOMER, id, ANSWER);
  }

  /**
   * The outcome of a schedule audit whose note followed by add lead.
   *
   * @param request what was sent
   * @param auditOutcome the outcome of the schedule audit
   */
  public Outcome.Delivered noteAdded(
      byte[] body, EnerfloLeadRequest request, Outcome.Delivered auditOutcome) throws IOException {
    leadAdded(body, request);
    return auditOutcome;
  }

  /**
   * The outcome of a lead's status whose deal was created after it.
   *
   * @param statusOutcome the outcome of the status
   */
  public Outcome.Delivered dealCreated(
      byte[] body, EnerfloAudit audit, Outcome.Delivered statusOutcome) throws IOException {
    EnerfloResponse.accepted(body, "the deal of a signed lead, though it took the status");
    return statusOutcome.knownAs(
        EnerfloIds.SIGNED_DEAL, audit.recordId(), "schedule audit in Enerflo");
  }

  /** The outcome of an event that has no counterpart in Enerflo. */
  public Outcome notHandled(Event event) {
    return Outcome.skipped("Enerflo does not receive " + event.type());
  }

  /** The outcome of an event of a lead that the Leads API does not know. */
  public Outcome unknownToLeadsApi() {
    return Outcome.skipped(
        "This lead was born in Enerflo and has no integration_record_id there, by which alone the"
            + " Leads API knows leads: adding it would make a second one");
  }

  private static boolean isSuccess(JsonNode answer) {
    return "success".equals(answer.path("result").asText())
        || "success".equals(answer.path("status").asText());
  }

  private static String leadId(JsonNode answer) {
    JsonNode nested = answer.at("/data/lead/id");
    JsonNode id = nested.isMissingNode() ? answer.path("customer_id") : nested;
    return id.isValueNode() && !id.isNull() ? id.asText() : null;
  }
}
