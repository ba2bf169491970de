package org.solarrelay.delivery.api;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.solarrelay.delivery.queue.DeliveryCancellation;
import org.solarrelay.delivery.queue.DeliveryFilter;
import org.solarrelay.delivery.queue.DeliveryQueries;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.JsonBody;
import org.solarrelay.ops.access.OperatorName;
import org.solarrelay.ops.access.OperatorReason;

/** Cancels deliveries that are not in flight. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class CancellationResource {

  private static final Logger LOG = Logger.getLogger(CancellationResource.class);
  private static final String EXAMPLE = "{\"reason\": \"the customer has withdrawn\"}";

  private final DeliveryCancellation cancellation;
  private final DeliveryQueries ledger;

  CancellationResource(DeliveryCancellation cancellation, DeliveryQueries ledger) {
    this.cancellation = cancellation;
    this.ledger = ledger;
  }

  /** The delivery's new state. */
  public record Cancelled(long id, DeliveryState state, String reason) {}

  /**
   * Ends the delivery as skipped.
   *
   * @param body {@code {"reason": "the customer has withdrawn"}}
   */
  @POST
  @Path("deliveries/{id:\\d{1,18}}/cancel")
  public Cancelled cancel(
      @PathParam("id") long id, @HeaderParam("X-Operator") String operator, byte[] body)
      throws SQLException {
    return cancel(id, OperatorName.name(operator), why(body));
  }

  /**
   * Ends the delivery as skipped.
   *
   * @param by the operator
   * @param why in one line
   */
  public Cancelled cancel(long id, String by, String why) throws SQLException {
    Optional<String> reason = cancellation.cancel(id, by, why);
    if (reason.isEmpty()) {
      throw notCancelled(id);
    }
    LOG.infof("Delivery %d was cancelled by %s", id, by);
    return new Cancelled(id, DeliveryState.SKIPPED, reason.get());
  }

  private ApiProblem notCancelled(long id) throws SQLException {
    List<DeliveryQueries.DeliveryEntry> found = ledger.find(DeliveryFilter.one(id), 1);
    if (found.isEmpty()) {
      return new ApiProblem(404, "Not Found", "There is no delivery with this id");
    }
    String detail =
        switch (found.get(0).state()) {
          case DELIVERED, SKIPPED, DEAD -> "It has already ended: " + found.get(0).state();
          case RUNNING -> "It is running: wait until the call or its lease has ended";
          default -> "Another operator or a pod has changed it: read it again";
        };
    return new ApiProblem(409, "Conflict", detail);
  }

  private static String why(byte[] body) {
    return OperatorReason.required(JsonBody.optional(body, EXAMPLE).path("reason").textValue());
  }
}
