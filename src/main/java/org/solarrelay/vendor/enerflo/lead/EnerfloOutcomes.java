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
 * Turns Enerflo's responses about leads into outcomes. A 200 may be a failure; the body decides
 * (Enerflo, Leads API).
 */
@Singleton
@Named("enerfloOutcomes")
public class EnerfloOutcomes {

  private static final String RESPONSE = "Enerflo's response";

  /**
   * The outcome of an add lead request.
   *
   * @param body the body of a 2xx response
   * @param request the request
   * @return delivered, with the id of the lead in Enerflo
   * @throws CredentialsRejectedException if Enerflo rejects the key
   * @throws PermanentFailureException if the body reports a failure; the text holds Enerflo's
   *     message
   * @throws IOException if the body is not a response of Enerflo
   */
  public Outcome.Delivered leadAdded(byte[] body, EnerfloLeadRequest request) throws IOException {
    JsonNode response = EnerfloResponse.json(body);
    if (!isSuccess(response)) {
      throw new PermanentFailureException(
          "Enerflo rejected the lead: " + JsonResponse.message(response));
    }
    String id = leadId(response);
    if (id == null) {
      throw new PermanentFailureException("Enerflo reports success but returns no lead id");
    }
    return Outcome.delivered(id)
        .withId(EnerfloIds.CUSTOMER, id, RESPONSE)
        .withId(EnerfloIds.RECORD_ID, request.lead().recordId(), "add lead in Enerflo");
  }

  /**
   * The outcome of a schedule audit. Its response is not documented.
   *
   * @param audit the request
   */
  public Outcome.Delivered audited(byte[] body, EnerfloAudit audit) throws IOException {
    String id = leadId(EnerfloResponse.accepted(body, "the schedule audit"));
    Outcome.Delivered delivered =
        Outcome.delivered(id)
            .withId(EnerfloIds.RECORD_ID, audit.recordId(), "schedule audit in Enerflo");
    return id == null ? delivered : delivered.withId(EnerfloIds.CUSTOMER, id, RESPONSE);
  }

  /**
   * The outcome of a schedule audit and an add lead request with its note.
   *
   * @param request the add lead request
   * @param auditOutcome the outcome of the schedule audit
   */
  public Outcome.Delivered noteAdded(
      byte[] body, EnerfloLeadRequest request, Outcome.Delivered auditOutcome) throws IOException {
    leadAdded(body, request);
    return auditOutcome;
  }

  /**
   * The outcome of a lead's status and the deal that was created after it.
   *
   * @param statusOutcome the outcome of the status
   */
  public Outcome.Delivered dealCreated(
      byte[] body, EnerfloAudit audit, Outcome.Delivered statusOutcome) throws IOException {
    EnerfloResponse.accepted(body, "the deal of a signed lead, after it accepted the status");
    return statusOutcome.withId(
        EnerfloIds.SIGNED_DEAL, audit.recordId(), "schedule audit in Enerflo");
  }

  /** The outcome of an event that Enerflo does not receive. */
  public Outcome notHandled(Event event) {
    return Outcome.skipped("Enerflo does not receive " + event.type());
  }

  /** The outcome of an event of a lead that the Leads API does not know. */
  public Outcome unknownToLeadsApi() {
    return Outcome.skipped(
        "This lead was created in Enerflo and has no integration_record_id there. The Leads API"
            + " finds leads by that id only: adding the lead would create a second one");
  }

  private static boolean isSuccess(JsonNode response) {
    return "success".equals(response.path("result").asText())
        || "success".equals(response.path("status").asText());
  }

  private static String leadId(JsonNode response) {
    JsonNode nested = response.at("/data/lead/id");
    JsonNode id = nested.isMissingNode() ? response.path("customer_id") : nested;
    return id.isValueNode() && !id.isNull() ? id.asText() : null;
  }
}
