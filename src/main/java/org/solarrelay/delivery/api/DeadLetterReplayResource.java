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
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.delivery.queue.BulkReplay;
import org.solarrelay.delivery.queue.BulkReplayRunner;
import org.solarrelay.delivery.queue.BulkReplayState;
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
  private final BulkReplayRunner bulkReplays;
  private final DeliveryQueries ledger;

  DeadLetterReplayResource(
      DeadLetterReplay messages, BulkReplayRunner bulkReplays, DeliveryQueries ledger) {
    this.messages = messages;
    this.bulkReplays = bulkReplays;
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
  record Counted(
      Optional<Long> id,
      Optional<BulkReplayState> state,
      long matched,
      int replayed,
      int limit,
      boolean capped,
      boolean dryRun) {

    private static Counted dryRun(long matched, int limit) {
      return new Counted(
          Optional.empty(), Optional.empty(), matched, 0, limit, matched > limit, true);
    }

    private static Counted of(BulkReplay replay, int limit) {
      long matched = replay.matched();
      return new Counted(
          Optional.of(replay.id()),
          Optional.of(replay.state()),
          matched,
          replay.replayed(),
          limit,
          matched > limit,
          false);
    }
  }

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
   * @param wait false to respond at once, while the replay runs
   */
  @POST
  @Path("events/replay")
  public Counted many(
      @BeanParam DeadMessageParameters selected,
      @RestQuery String limit,
      @RestQuery String dryRun,
      @RestQuery String wait,
      @HeaderParam("X-Operator") String operator)
      throws SQLException, InterruptedException {
    DeadLetterReplay.Filter filter = selected.filter();
    int cap = QueryParameters.limit(limit, DEFAULT_LIMIT, LARGEST_LIMIT);
    boolean waits = QueryParameters.flag("wait", wait, true);
    if (QueryParameters.flag("dryRun", dryRun)) {
      return Counted.dryRun(messages.count(filter), cap);
    }
    BulkReplay replay =
        bulkReplays.create(filter, selected.words(), cap, OperatorName.name(operator));
    if (waits) {
      replay = bulkReplays.runFor(replay.id(), ReplayResource.LONGEST_WAIT);
    } else {
      bulkReplays.runInBackground(replay.id());
    }
    if (replay.reason() != null) {
      throw unavailable();
    }
    return Counted.of(replay, cap);
  }

  private List<String> resend(DeadLetterReplay.Filter filter, int limit, String operator)
      throws SQLException, InterruptedException {
    try {
      return messages.resend(filter, limit, OperatorName.name(operator));
    } catch (ExecutionException e) {
      throw unavailable();
    }
  }

  private static ApiProblem unavailable() {
    return new ApiProblem(503, "Service Unavailable", "Kafka is unavailable: try again");
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
