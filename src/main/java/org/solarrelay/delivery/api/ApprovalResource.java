package org.solarrelay.delivery.api;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.Optional;
import org.solarrelay.delivery.queue.DeliveryApprovals;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.OperatorName;

/** Approves or declines held deliveries. {@code GET /api/deliveries?state=held} lists them. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class ApprovalResource {

  private final DeliveryApprovals approvals;

  ApprovalResource(DeliveryApprovals approvals) {
    this.approvals = approvals;
  }

  /** The delivery's new state. */
  record Decided(long id, DeliveryState state) {}

  /**
   * Approves the delivery. It is skipped where a newer event of its record was delivered meanwhile.
   */
  @POST
  @Path("deliveries/{id}/approve")
  public Decided approve(@PathParam("id") String number, @HeaderParam("X-Operator") String operator)
      throws SQLException {
    long id = QueryParameters.deliveryId(number);
    return decided(id, approvals.approve(id, OperatorName.name(operator)));
  }

  /** Declines the delivery, which ends as skipped. */
  @POST
  @Path("deliveries/{id}/decline")
  public Decided decline(@PathParam("id") String number, @HeaderParam("X-Operator") String operator)
      throws SQLException {
    long id = QueryParameters.deliveryId(number);
    return decided(id, approvals.decline(id, OperatorName.name(operator)));
  }

  private static Decided decided(long id, Optional<DeliveryState> state) {
    return state
        .map(now -> new Decided(id, now))
        .orElseThrow(
            () ->
                new ApiProblem(
                    404,
                    "Not Found",
                    "No delivery with this id is held; GET /api/deliveries?state=held lists them"));
  }
}
