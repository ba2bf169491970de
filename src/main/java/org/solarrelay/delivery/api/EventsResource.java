package org.solarrelay.delivery.api;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.delivery.queue.DeliveryQueries;
import org.solarrelay.ops.access.ApiProblem;

/** Shows an event's history, and lists deliveries. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class EventsResource {

  private final DeliveryQueries ledger;
  private final EventHistoryReader histories;

  EventsResource(DeliveryQueries ledger, EventHistoryReader histories) {
    this.ledger = ledger;
    this.histories = histories;
  }

  /**
   * Returns an event's history.
   *
   * @param id an event's id, a receipt, a delivery's number or a record position
   */
  @GET
  @Path("events/{id}")
  public DeliveryQueries.MessageHistory history(@PathParam("id") String id) throws SQLException {
    return history(id, Integer.MAX_VALUE);
  }

  /**
   * Returns an event's history with the last failed attempts of each delivery.
   *
   * @param attempts the maximum number of failed attempts per delivery
   */
  public DeliveryQueries.MessageHistory history(String id, int attempts) throws SQLException {
    return histories.find(id, attempts).orElseThrow(EventsResource::unknown);
  }

  private static ApiProblem unknown() {
    return new ApiProblem(
        404,
        "Not Found",
        "No webhook, event, delivery or message has this id, or it ended longer ago than"
            + " RELAY_RETENTION (30 days)");
  }

  /** Returns one delivery. */
  @GET
  @Path("deliveries/{id}")
  public DeliveryQueries.DeliveryEntry delivery(@PathParam("id") String id) throws SQLException {
    return ledger.one(QueryParameters.deliveryId(id)).orElseThrow(QueryParameters::noSuchDelivery);
  }

  /**
   * Lists deliveries, newest first.
   *
   * @param cursor the {@code next} of the previous page
   */
  @GET
  @Path("deliveries")
  public ResultPage<DeliveryQueries.DeliveryEntry> deliveries(
      @BeanParam DeliveryParameters selected, @RestQuery String cursor, @RestQuery String limit)
      throws SQLException {
    int size = ResultPage.size(limit);
    Long before = cursor == null ? null : QueryParameters.number("cursor", cursor, 0);
    List<DeliveryQueries.DeliveryEntry> found =
        ledger.find(selected.filter().before(before), size + 1);
    return ResultPage.of(found, size, last -> Long.toString(last.id()));
  }
}
