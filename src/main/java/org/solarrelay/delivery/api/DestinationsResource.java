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
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.delivery.queue.DestinationHistory;
import org.solarrelay.delivery.queue.DestinationHistory.Step;
import org.solarrelay.ops.access.JsonBody;
import org.solarrelay.ops.access.OperatorName;
import org.solarrelay.ops.access.OperatorReason;

/** Lists destinations and the history of one, and pauses or resumes one. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class DestinationsResource {

  private static final String EXAMPLE = "{\"reason\": \"maintenance until six\"}";

  /** A day has 1,440 minutes. */
  private static final int MOST_INTERVALS = 1500;

  private static final int DEFAULT_INTERVALS = 60;

  private final DestinationStates states;
  private final DestinationPauses pauses;
  private final DestinationHistory history;

  DestinationsResource(
      DestinationStates states, DestinationPauses pauses, DestinationHistory history) {
    this.states = states;
    this.pauses = pauses;
    this.history = history;
  }

  /** Lists all destinations on one page. */
  @GET
  @Path("destinations")
  public ResultPage<DestinationStates.State> all() throws SQLException {
    return ResultPage.only(states.all());
  }

  /**
   * Lists what happened at a destination, oldest first, on one page.
   *
   * @param since 60 intervals before {@code until} by default
   * @param until now by default
   * @param step the length of an interval; a minute by default
   */
  @GET
  @Path("destinations/{name}/history")
  public ResultPage<DestinationHistory.Interval> history(
      @PathParam("name") String name,
      @RestQuery String since,
      @RestQuery String until,
      @RestQuery String step)
      throws SQLException {
    Step length = QueryParameters.step(step);
    OffsetDateTime begin = QueryParameters.time("since", since);
    OffsetDateTime end =
        Optional.ofNullable(QueryParameters.until(until, begin)).orElseGet(OffsetDateTime::now);
    if (begin == null) {
      begin = end.minus(length.length().multipliedBy(DEFAULT_INTERVALS));
    } else if (Duration.between(begin, end).dividedBy(length.length()) > MOST_INTERVALS) {
      throw QueryParameters.invalid(
          "since", "at most %d intervals before until".formatted(MOST_INTERVALS));
    }
    states.of(name);
    return ResultPage.only(history.of(name, length, begin, end));
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
