package org.solarrelay.vendor.enerflo.lead;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.delivery.NotReadyException;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.identity.Identity;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.routes.FailedStep;
import org.solarrelay.vendor.enerflo.EnerfloIds;

/** Redirects an operator's browser to a lead's page in Enerflo (route handoff-enerflo). */
@Path("/handoff/enerflo")
public class EnerfloHandOffResource {

  private static final Logger LOG = Logger.getLogger(EnerfloHandOffResource.class);
  private static final Set<String> PAGES = Set.of("profile", "scheduling", "deal");

  private final RelayConfig config;
  private final Identity identity;
  private final EnerfloRecordId recordId;
  private final ProducerTemplate routes;

  EnerfloHandOffResource(
      RelayConfig config, Identity identity, CamelContext camel, EnerfloSettings settings) {
    this.config = config;
    this.identity = identity;
    this.recordId = settings.recordId();
    this.routes = camel.createProducerTemplate();
  }

  /**
   * Redirects to the lead's page.
   *
   * @param source the system of the id {@code subject}
   * @param to profile, scheduling or deal
   * @param calendarId for scheduling: the number of the appointment template
   * @param createDeal for deal: the number of the deal type
   */
  @GET
  @Path("{source}/{subject}")
  public Response handOff(
      @PathParam("source") String source,
      @PathParam("subject") String subject,
      @RestQuery String to,
      @RestQuery("calendar_id") String calendarId,
      @RestQuery String createDeal)
      throws SQLException {
    if (to == null || !PAGES.contains(to)) {
      throw new ApiProblem(400, "Bad Request", "to must be profile, scheduling or deal");
    }
    Integer calendar = number("calendar_id", to.equals("scheduling") ? calendarId : null);
    Integer deal = number("createDeal", to.equals("deal") ? createDeal : null);
    if (!config.destinations().get("enerflo").on()) {
      throw new ApiProblem(
          503, "Service Unavailable", "Enerflo is off: set ENERFLO_URL and ENERFLO_API_KEY");
    }
    Map<String, String> ids = identity.idsOf(source, subject);
    String key = keyOf(source, subject, ids);
    boolean known = ids.containsKey(EnerfloIds.RECORD_ID);
    return redirect(new EnerfloHandOff(key, known, to, calendar, deal));
  }

  private String keyOf(String source, String subject, Map<String, String> ids) {
    String known = ids.get(EnerfloIds.RECORD_ID);
    boolean createdInEnerflo =
        ids.containsKey(EnerfloIds.CUSTOMER) || ids.containsKey(EnerfloIds.CUSTOMER_UUID);
    if (known == null && (createdInEnerflo || source.equals("enerflo"))) {
      throw new ApiProblem(
          404,
          "Not Found",
          "This lead has no integration_record_id in Enerflo, which the hand-off requires");
    }
    return recordId.of(source, subject, known);
  }

  private Response redirect(EnerfloHandOff handOff) {
    Exchange exchange =
        routes.request("direct:handoff-enerflo", it -> it.getMessage().setBody(handOff));
    Exception failure = exchange.getException();
    if (failure == null) {
      URI page = exchange.getMessage().getBody(URI.class);
      return Response.status(302)
          .location(page)
          .header("Cache-Control", "no-store")
          .header("Referrer-Policy", "no-referrer")
          .build();
    }
    throw problem(failure);
  }

  private static ApiProblem problem(Exception failure) {
    if (failure instanceof NotReadyException) {
      return new ApiProblem(503, "Service Unavailable", failure.getMessage());
    }
    LOG.warnf("A hand-off to Enerflo failed: %s", FailedStep.kind(failure));
    String detail = "Enerflo did not respond with the lead's page";
    if (failure instanceof PermanentFailureException) {
      detail = failure.getMessage();
    } else if (failure instanceof HttpOperationFailedException http) {
      detail = "Enerflo returned " + http.getStatusCode();
    }
    return new ApiProblem(502, "Bad Gateway", detail);
  }

  private static Integer number(String name, String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    if (!text.matches("\\d{1,9}")) {
      throw new ApiProblem(400, "Bad Request", name + " must be a number");
    }
    return Integer.valueOf(text);
  }
}
