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
import org.solarrelay.delivery.queue.MessageState;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.OperatorName;

/**
 * Replays dead messages, which failed before they became events: one, or all that match a filter.
 */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class DeadLetterReplayResource {

  // a webhook may contain many records, each a separate event
  private static final int EVENTS_OF_ONE = 1000;
  private static final int DEFAULT_LIMIT = 1000;
  private static final int LARGEST_LIMIT = 10_000;

  private final DeadLetterReplay messages;
  private final DeliveryQueries ledger;

  DeadLetterReplayResource(DeadLetterReplay messages, DeliveryQueries ledger) {
    this.messages = messages;
    this.ledger = ledger;
  }

  /**
   * A replayed message.
   *
   * @param place its new record position, topic-partition-offset; several where a webhook has
   *     several dead events; null in a dry run
   */
  record ReplayedMessage(String id, MessageState state, String place, boolean dryRun) {}

  /** The counts of a replay, see {@link ReplayResource.Counted}. */
  record Counted(long matched, int replayed, int limit, boolean capped, boolean dryRun) {}

  /**
   * Replays one message.
   *
   * @param id the message's receipt or record position
   * @param dryRun true to check without sending
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
      throw notDead(ledger.history(id));
    }
    return new ReplayedMessage(
        id, MessageState.RESENT, dry ? null : String.join(", ", places), dry);
  }

  /**
   * Replays all messages that match, in the order of their arrival.
   *
   * @param dryRun true to count without sending
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
    int cap = QueryParameters.limit(limit, DEFAULT_LIMIT, LARGEST_LIMIT);
    long matched = messages.count(filter);
    boolean dry = QueryParameters.flag("dryRun", dryRun);
    int sent = dry ? 0 : resend(filter, cap, operator).size();
    return new Counted(matched, sent, cap, matched > cap, dry);
  }

  /**
   * Replays the messages of a filter, in the order of their arrival.
   *
   * @param by the operator
   * @return how many were sent
   */
  public int resendAll(DeadLetterReplay.Filter filter, int limit, String by)
      throws SQLException, InterruptedException {
    return resend(filter, limit, by).size();
  }

  private List<String> resend(DeadLetterReplay.Filter filter, int limit, String operator)
      throws SQLException, InterruptedException {
    try {
      return messages.resend(filter, limit, OperatorName.name(operator));
    } catch (ExecutionException e) {
      throw new ApiProblem(503, "Service Unavailable", "Kafka is unavailable: try again");
    }
  }

  private static ApiProblem notDead(DeliveryQueries.MessageHistory history) {
    if (history == null) {
      return new ApiProblem(404, "Not Found", "No message has this receipt or position");
    }
    return new ApiProblem(
        409,
        "Conflict",
        switch (history.state()) {
          case EVENTS ->
              "It became events: POST /api/deliveries/{id}/replay replays their dead deliveries";
          case RESENT -> "It was replayed and is being processed: " + history.reason();
          case SKIPPED -> "It was skipped on purpose: " + history.reason();
          default -> "Its body exists only on solar.dead-letters";
        });
  }
}
