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
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.queue.DeliveryFilter;
import org.solarrelay.delivery.queue.DeliveryInserter;
import org.solarrelay.delivery.queue.DeliveryQueries;
import org.solarrelay.delivery.queue.DeliveryReplay;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.OperatorName;

/** Finished deliveries are tried again: one, or all that fit. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class ReplayResource {

  private static final int USUAL_LIMIT = 1000;
  private static final int LARGEST_LIMIT = 10_000;

  private final DeliveryReplay replays;
  private final DeliveryQueries ledger;
  private final ReloadableConfig live;

  ReplayResource(DeliveryReplay replays, DeliveryQueries ledger, ReloadableConfig live) {
    this.replays = replays;
    this.ledger = ledger;
    this.live = live;
  }

  /** How the delivery stands now; of a dry run, how it would stand. */
  record Replayed(long id, String state, String reason, boolean dryRun) {}

  /**
   * What a replay of many did, or would do.
   *
   * @param matched how many fit
   * @param replayed how many are back in the queue
   * @param superseded how many are not, because something later has reached the destination
   * @param capped whether more fit than {@code limit} allows at once: ask again for the rest
   */
  record Counted(
      long matched, int replayed, int superseded, int limit, boolean capped, boolean dryRun) {}

  /**
   * Tries one again.
   *
   * @param force whether one that was delivered may be delivered once more
   * @param dryRun only says how it would stand
   */
  @POST
  @Path("deliveries/{id}/replay")
  public Replayed one(
      @PathParam("id") String number,
      @RestQuery String force,
      @RestQuery String dryRun,
      @HeaderParam("X-Operator") String operator)
      throws SQLException {
    long id = QueryParameters.deliveryId(number);
    boolean dry = QueryParameters.flag("dryRun", dryRun);
    DeliveryQueries.Entry delivery =
        ledger.find(DeliveryFilter.one(id), 1).stream()
            .findFirst()
            .orElseThrow(QueryParameters::noSuchDelivery);
    requireReplayable(delivery.state(), QueryParameters.flag("force", force));
    requireOn(delivery.destination());
    Optional<String> superseded =
        dry ? replays.superseded(id) : replay(delivery, OperatorName.name(operator));
    if (superseded.isPresent() && delivery.state().equals("delivered")) {
      throw conflict("It stays delivered, because it is " + superseded.get());
    }
    String state = superseded.isPresent() ? "skipped" : "pending";
    return new Replayed(id, state, superseded.orElse(null), dry);
  }

  /** The reason to skip it instead; empty where it is back in the queue. */
  private Optional<String> replay(DeliveryQueries.Entry delivery, String by) throws SQLException {
    DeliveryFilter filter = DeliveryFilter.one(delivery.id()).state(delivery.state());
    DeliveryReplay.Result result = replays.replay(filter, 1, by);
    Optional<String> superseded = Optional.ofNullable(result.superseded().get(delivery.id()));
    if (superseded.isEmpty() && result.replayed() == 0) {
      throw conflict("Somebody else has just changed it: look at it again");
    }
    return superseded;
  }

  /**
   * Tries all that fit again, oldest first; the parameters are those of {@code GET
   * /api/deliveries}, and the state is dead where none is given.
   *
   * @param dryRun only counts
   */
  @POST
  @Path("deliveries/replay")
  public Counted many(
      @BeanParam DeliveryParameters given,
      @RestQuery String limit,
      @RestQuery String force,
      @RestQuery String dryRun,
      @HeaderParam("X-Operator") String operator)
      throws SQLException {
    DeliveryParameters selected = given.orState("dead");
    DeliveryFilter filter = selected.filter().destinations(on());
    requireReplayable(selected.state(), QueryParameters.flag("force", force));
    if (selected.destination() != null) {
      requireOn(selected.destination());
    }
    int cap = QueryParameters.limit(limit, USUAL_LIMIT, LARGEST_LIMIT);
    if (QueryParameters.flag("dryRun", dryRun)) {
      long matched = replays.count(filter);
      return new Counted(matched, 0, 0, cap, matched > cap, true);
    }
    DeliveryReplay.Result result = replays.replay(filter, cap, OperatorName.name(operator));
    return new Counted(
        result.matched(),
        result.replayed(),
        result.superseded().size(),
        cap,
        result.matched() > cap,
        false);
  }

  private static void requireReplayable(String state, boolean force) {
    switch (state) {
      case "dead", "skipped" -> {}
      case "delivered" -> {
        if (!force) {
          throw conflict("The destination has it already; force=true delivers it once more");
        }
      }
      case "held" ->
          throw conflict("It waits for a decision: POST /api/deliveries/{id}/approve or …/decline");
      case "running" -> throw conflict("It is being called right now: wait for how that ends");
      default -> throw conflict("It will be tried without a replay, at nextAttemptAt");
    }
  }

  /** Nobody would take it out of the queue. */
  private void requireOn(String destination) {
    String why = DeliveryInserter.unreachable(destination, live.destinations().get(destination));
    if (why != null) {
      throw conflict("Nothing can be delivered there: " + why);
    }
  }

  private List<String> on() {
    return live.destinations().entrySet().stream()
        .filter(destination -> destination.getValue().on())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static ApiProblem conflict(String detail) {
    return new ApiProblem(409, "Conflict", detail);
  }
}
