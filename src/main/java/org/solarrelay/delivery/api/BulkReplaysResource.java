package org.solarrelay.delivery.api;

import jakarta.ws.rs.GET;
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
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.delivery.queue.BulkReplay;
import org.solarrelay.delivery.queue.BulkReplayRepository;
import org.solarrelay.delivery.queue.BulkReplayState;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.OperatorName;

/** Reports the progress of bulk replays, and stops one. */
@Path("/api/replays")
@Produces(MediaType.APPLICATION_JSON)
public class BulkReplaysResource {

  private static final Logger LOG = Logger.getLogger(BulkReplaysResource.class);
  private static final String NUMBER = "\\d{1,18}";

  private final BulkReplayRepository replays;

  BulkReplaysResource(BulkReplayRepository replays) {
    this.replays = replays;
  }

  /**
   * Lists bulk replays, the newest first.
   *
   * @param state {@code running}, {@code finished} or {@code stopped}
   * @param cursor the {@code next} of the previous page
   */
  @GET
  public ResultPage<BulkReplay> all(
      @RestQuery String state, @RestQuery String cursor, @RestQuery String limit)
      throws SQLException {
    Optional<BulkReplayState> wanted = Optional.ofNullable(state).flatMap(BulkReplayState::of);
    if (state != null && wanted.isEmpty()) {
      throw QueryParameters.invalid("state", "running, finished or stopped");
    }
    if (cursor != null && !cursor.matches(NUMBER)) {
      throw QueryParameters.invalid("cursor", "the next of the previous page");
    }
    long before = QueryParameters.number("cursor", cursor, Long.MAX_VALUE);
    int size = ResultPage.size(limit);
    List<BulkReplay> found = replays.find(wanted, before, size + 1);
    return ResultPage.of(found, size, last -> Long.toString(last.id()));
  }

  /** Returns a replay with its progress. */
  @GET
  @Path("{id}")
  public BulkReplay one(@PathParam("id") String id) throws SQLException {
    return replays.find(number(id)).orElseThrow(BulkReplaysResource::noSuchReplay);
  }

  /** Stops a running replay. The remaining items stay as they were. */
  @POST
  @Path("{id}/stop")
  public BulkReplay stop(@PathParam("id") String id, @HeaderParam("X-Operator") String operator)
      throws SQLException {
    String by = OperatorName.name(operator);
    boolean stopped = replays.stop(number(id), by);
    BulkReplay replay = one(id);
    if (!stopped) {
      throw new ApiProblem(409, "Conflict", "The replay has already ended: " + replay.state());
    }
    LOG.infof("Replay %s was stopped by %s, %d remain", id, by, replay.remaining());
    return replay;
  }

  private static long number(String id) {
    if (!id.matches(NUMBER)) {
      throw noSuchReplay();
    }
    return Long.parseLong(id);
  }

  private static ApiProblem noSuchReplay() {
    return new ApiProblem(
        404, "Not Found", "There is no replay with this number; GET /api/replays lists them");
  }
}
