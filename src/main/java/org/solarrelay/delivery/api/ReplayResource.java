package org.solarrelay.delivery.api;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.queue.BulkReplay;
import org.solarrelay.delivery.queue.BulkReplayRunner;
import org.solarrelay.delivery.queue.BulkReplayState;
import org.solarrelay.delivery.queue.DeliveryFilter;
import org.solarrelay.delivery.queue.DeliveryInserter;
import org.solarrelay.delivery.queue.DeliveryQueries;
import org.solarrelay.delivery.queue.DeliveryReplay;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.OperatorName;

/** Replays deliveries that have ended: one, or all that match a filter. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class ReplayResource {

  private static final int DEFAULT_LIMIT = 1000;
  private static final int LARGEST_LIMIT = 10_000;

  /**
   * The maximum wait for the end of a replay, less than a request's deadline; then the response
   * says that the replay is running.
   */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private final DeliveryReplay replays;
  private final BulkReplayRunner bulkReplays;
  private final DeliveryQueries ledger;
  private final ReloadableConfig live;

  ReplayResource(
      DeliveryReplay replays,
      BulkReplayRunner bulkReplays,
      DeliveryQueries ledger,
      ReloadableConfig live) {
    this.replays = replays;
    this.bulkReplays = bulkReplays;
    this.ledger = ledger;
    this.live = live;
  }

  /** The delivery's new state; in a dry run, the state that a replay would give it. */
  record Replayed(long id, DeliveryState state, Optional<String> reason, boolean dryRun) {}

  /**
   * The counts of a replay, or of its dry run.
   *
   * @param id of the replay, for {@code GET /api/replays/{id}}; empty for a dry run
   * @param state of the replay; empty for a dry run
   * @param matched number of deliveries that match the filter
   * @param replayed number of deliveries that are pending again
   * @param superseded number of deliveries that are skipped, because a newer event of their record
   *     was delivered
   * @param capped whether more deliveries match than {@code limit} allows; repeat the request for
   *     the rest
   */
  public record Counted(
      Optional<Long> id,
      Optional<BulkReplayState> state,
      long matched,
      int replayed,
      int superseded,
      int limit,
      boolean capped,
      boolean dryRun) {

    private static Counted dryRun(long matched, int limit) {
      return new Counted(
          Optional.empty(), Optional.empty(), matched, 0, 0, limit, matched > limit, true);
    }

    private static Counted of(BulkReplay replay, int limit) {
      return new Counted(
          Optional.of(replay.id()),
          Optional.of(replay.state()),
          replay.matched(),
          replay.replayed(),
          replay.superseded(),
          limit,
          replay.matched() > limit,
          false);
    }
  }

  /**
   * Replays one delivery.
   *
   * @param force true to replay a delivery that succeeded
   * @param dryRun true to check without a replay
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
    DeliveryQueries.DeliveryEntry delivery =
        ledger.find(DeliveryFilter.one(id), 1).stream()
            .findFirst()
            .orElseThrow(QueryParameters::noSuchDelivery);
    requireReplayable(delivery.state(), QueryParameters.flag("force", force));
    requireOn(delivery.destination());
    if (replays.count(DeliveryFilter.one(id)) == 0) {
      throw conflict("Its event is erased: there is nothing to send");
    }
    Optional<String> superseded =
        dry ? replays.superseded(id) : replay(delivery, OperatorName.name(operator));
    if (superseded.isPresent() && delivery.state() == DeliveryState.DELIVERED) {
      throw conflict("It stays delivered: it is " + superseded.get());
    }
    DeliveryState state = superseded.isPresent() ? DeliveryState.SKIPPED : DeliveryState.PENDING;
    return new Replayed(id, state, superseded, dry);
  }

  /**
   * Replays the delivery. Returns why the delivery is skipped instead; empty where it is pending
   * again.
   */
  private Optional<String> replay(DeliveryQueries.DeliveryEntry delivery, String by)
      throws SQLException {
    DeliveryFilter filter = DeliveryFilter.one(delivery.id()).state(delivery.state());
    DeliveryReplay.Result result = replays.replay(filter, 1, by);
    Optional<String> superseded = Optional.ofNullable(result.superseded().get(delivery.id()));
    if (superseded.isEmpty() && result.replayed() == 0) {
      throw conflict("Another operator or a pod has changed it: read it again");
    }
    return superseded;
  }

  /**
   * Replays all deliveries that match, oldest first. The parameters are those of {@code GET
   * /api/deliveries}; {@code state} defaults to dead.
   *
   * @param dryRun true to count without a replay
   * @param wait false to respond at once, while the replay runs
   */
  @POST
  @Path("deliveries/replay")
  public Counted many(
      @BeanParam DeliveryParameters given,
      @RestQuery String limit,
      @RestQuery String force,
      @RestQuery String dryRun,
      @RestQuery String wait,
      @HeaderParam("X-Operator") String operator)
      throws SQLException, InterruptedException {
    DeliveryParameters selected = given.orState(DeliveryState.DEAD);
    DeliveryFilter filter = selected.filter();
    boolean forced = QueryParameters.flag("force", force);
    int cap = QueryParameters.limit(limit, DEFAULT_LIMIT, LARGEST_LIMIT);
    boolean waits = QueryParameters.flag("wait", wait, true);
    if (QueryParameters.flag("dryRun", dryRun)) {
      return Counted.dryRun(replays.count(replayable(selected, filter, forced)), cap);
    }
    BulkReplay replay =
        create(selected, replayable(selected, filter, forced), cap, OperatorName.name(operator));
    if (waits) {
      replay = bulkReplays.runFor(replay.id(), LONGEST_WAIT);
    } else {
      bulkReplays.runInBackground(replay.id());
    }
    return Counted.of(replay, cap);
  }

  private BulkReplay create(
      DeliveryParameters selected, DeliveryFilter filter, int limit, String by)
      throws SQLException {
    DeliveryState from = QueryParameters.state(selected.state()).orElseThrow();
    return bulkReplays.create(filter, from, selected.words(), limit, by);
  }

  private DeliveryFilter replayable(
      DeliveryParameters selected, DeliveryFilter filter, boolean force) {
    requireReplayable(QueryParameters.state(selected.state()).orElseThrow(), force);
    if (selected.destination() != null) {
      requireOn(selected.destination());
    }
    return filter.destinations(on());
  }

  private static void requireReplayable(DeliveryState state, boolean force) {
    switch (state) {
      case DEAD, SKIPPED -> {}
      case DELIVERED -> {
        if (!force) {
          throw conflict("It was delivered; force=true delivers it again");
        }
      }
      case HELD ->
          throw conflict("It waits for approval: POST /api/deliveries/{id}/approve or …/decline");
      case RUNNING -> throw conflict("It is running: wait until the attempt has ended");
      case PENDING -> throw conflict("It will be retried without a replay, at nextAttemptAt");
    }
  }

  /** Rejects a destination that is off, because its deliveries stay in the queue. */
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
