package org.solarrelay.delivery.api;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.delivery.queue.DeadLetterReplay;
import org.solarrelay.delivery.queue.DeliveryQueries;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.OperatorName;

/**
 * Messages that became dead letters before they became events are sent again: one, or all that fit.
 */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class DeadLetterReplayResource {

  // a webhook may hold many records, each an event of its own
  private static final int EVENTS_OF_ONE = 1000;
  private static final int USUAL_LIMIT = 1000;
  private static final int LARGEST_LIMIT = 10_000;

  private final DeadLetterReplay messages;
  private final DeliveryQueries ledger;

  DeadLetterReplayResource(DeadLetterReplay messages, DeliveryQueries ledger) {
    this.messages = messages;
    this.ledger = ledger;
  }

  /**
   * Where the message is now.
   *
   * @param place topic-partition-offset; several of a webhook with several dead events; null of a
   *     dry run
   */
  record ReplayedMessage(String id, String state, String place, boolean dryRun) {}

  /** As {@link ReplayResource.Counted}. */
  record Counted(long matched, int replayed, int limit, boolean capped, boolean dryRun) {}

  /**
   * Sends one again.
   *
   * @param id its receipt or its record position
   * @param dryRun only says whether it would be sent
   */
  @POST
  @Path("events/{id}/replay")
  public ReplayedMessage one(
      @PathParam("id") String id,
      @RestQuery String dryRun,
      @HeaderParam("X-Operator") String operator)
      throws SQLException, InterruptedException {
    DeadLetterReplay.Filter filter = DeadLetterReplay.Filter.of(id);
    boolean dry = QueryParameters.flag("dryRun", dryRun);
    List<String> places = dry ? List.of() : resend(filter, EVENTS_OF_ONE, operator);
    if (dry ? messages.count(filter) == 0 : places.isEmpty()) {
      throw notDead(ledger.story(id));
    }
    return new ReplayedMessage(id, "resent", dry ? null : String.join(", ", places), dry);
  }

  /**
   * Sends all that fit again, in the order in which they came.
   *
   * @param dryRun only counts
   */
  @POST
  @Path("events/replay")
  public Counted many(
      @BeanParam DeadMessageParameters selected,
      @RestQuery String limit,
      @RestQuery String dryRun,
      @HeaderParam("X-Operator") String operator)
      throws SQLException, InterruptedException {
    DeadLetterReplay.Filter filter = selected.filter();
    int cap = QueryParameters.limit(limit, USUAL_LIMIT, LARGEST_LIMIT);
    long matched = messages.count(filter);
    boolean dry = QueryParameters.flag("dryRun", dryRun);
    int sent = dry ? 0 : resend(filter, cap, operator).size();
    return new Counted(matched, sent, cap, matched > cap, dry);
  }

  private List<String> resend(DeadLetterReplay.Filter filter, int limit, String operator)
      throws SQLException, InterruptedException {
    try {
      return messages.resend(filter, limit, OperatorName.name(operator));
    } catch (ExecutionException e) {
      throw new ApiProblem(503, "Service Unavailable", "Kafka does not take it: try again");
    }
  }

  private static ApiProblem notDead(DeliveryQueries.Story story) {
    if (story == null) {
      return new ApiProblem(404, "Not Found", "No message has this receipt or place");
    }
    return new ApiProblem(
        409,
        "Conflict",
        switch (story.state()) {
          case "events" ->
              "It became events: POST /api/deliveries/{id}/replay replays what is dead of them";
          case "resent" -> "It is on its way: " + story.reason();
          case "skipped" -> "It was left out on purpose: " + story.reason();
          default -> "Its body is only on solar.dead-letters";
        });
  }
}
