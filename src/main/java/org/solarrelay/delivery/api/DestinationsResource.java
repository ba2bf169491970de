package org.solarrelay.delivery.api;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.queue.DeliveryQueue;
import org.solarrelay.delivery.queue.OperatorPauses;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.JsonBody;
import org.solarrelay.ops.access.OperatorName;

/** Lists destinations, and pauses or resumes one. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class DestinationsResource {

  private static final int LONGEST_REASON = 500;

  private final ReloadableConfig live;
  private final DestinationStates states;
  private final OperatorPauses operatorPauses;
  private final DeliveryQueue queue;

  DestinationsResource(
      ReloadableConfig live,
      DestinationStates states,
      OperatorPauses operatorPauses,
      DeliveryQueue queue) {
    this.live = live;
    this.states = states;
    this.operatorPauses = operatorPauses;
    this.queue = queue;
  }

  /** Lists all destinations on one page. */
  @GET
  @Path("destinations")
  public ResultPage<DestinationStates.State> all() throws SQLException {
    return ResultPage.only(states.all());
  }

  /**
   * Pauses a destination until an operator resumes it. Its deliveries wait in the queue.
   *
   * @param body empty, or {@code {"reason": "maintenance until six"}}
   */
  @POST
  @Path("destinations/{name}/pause")
  public DestinationStates.State pause(
      @PathParam("name") String name, @HeaderParam("X-Operator") String operator, byte[] body)
      throws SQLException {
    requireConfigured(name);
    operatorPauses.pause(name, reason(body), OperatorName.name(operator));
    return state(name);
  }

  /**
   * Ends the operator's pause. An open circuit breaker still pauses the destination until a
   * delivery succeeds.
   */
  @POST
  @Path("destinations/{name}/resume")
  public DestinationStates.State resume(
      @PathParam("name") String name, @HeaderParam("X-Operator") String operator)
      throws SQLException {
    requireConfigured(name);
    operatorPauses.resume(name, OperatorName.name(operator));
    queue.wakeWorkers();
    return state(name);
  }

  private void requireConfigured(String name) {
    if (!live.destinations().containsKey(name)) {
      throw new ApiProblem(
          404, "Not Found", "No destination has this name; GET /api/destinations lists them");
    }
  }

  private DestinationStates.State state(String name) throws SQLException {
    return states.all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  private static String reason(byte[] body) {
    JsonNode reason =
        JsonBody.optional(body, "{\"reason\": \"maintenance until six\"}").path("reason");
    if (reason.isMissingNode() || reason.isNull()) {
      return null;
    }
    if (!reason.isTextual() || reason.textValue().length() > LONGEST_REASON) {
      throw QueryParameters.invalid(
          "reason", "a text of at most %d characters".formatted(LONGEST_REASON));
    }
    // logged as one line
    String line = reason.textValue().replaceAll("\\p{Cntrl}", " ").strip();
    return line.isEmpty() ? null : line;
  }
}
