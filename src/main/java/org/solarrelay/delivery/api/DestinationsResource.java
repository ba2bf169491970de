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
import java.util.Optional;
import org.solarrelay.ops.access.JsonBody;
import org.solarrelay.ops.access.OperatorName;
import org.solarrelay.ops.access.OperatorReason;

/** Lists destinations, and pauses or resumes one. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class DestinationsResource {

  private static final String EXAMPLE = "{\"reason\": \"maintenance until six\"}";

  private final DestinationStates states;
  private final DestinationPauses pauses;

  DestinationsResource(DestinationStates states, DestinationPauses pauses) {
    this.states = states;
    this.pauses = pauses;
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
    pauses.pause(name, reason(body), OperatorName.name(operator));
    return states.of(name);
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
    pauses.resume(name, OperatorName.name(operator));
    return states.of(name);
  }

  private static Optional<String> reason(byte[] body) {
    JsonNode reason = JsonBody.optional(body, EXAMPLE).path("reason");
    if (reason.isMissingNode() || reason.isNull()) {
      return Optional.empty();
    }
    if (!reason.isTextual()) {
      throw QueryParameters.invalid("reason", "a text");
    }
    return OperatorReason.line(reason.textValue());
  }
}
