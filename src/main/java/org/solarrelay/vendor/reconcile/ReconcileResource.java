package org.solarrelay.vendor.reconcile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.solarrelay.event.EventTime;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.JsonBody;
import org.solarrelay.ops.access.OperatorName;
import org.solarrelay.vendor.reconcile.ReconcileService.Request;

/** Shows the runs of reconciliation to operators, and starts runs. */
@Path("/api/reconcile")
@Produces(MediaType.APPLICATION_JSON)
public class ReconcileResource {

  private static final Logger LOG = Logger.getLogger(ReconcileResource.class);
  private static final String EXAMPLE = "{\"dryRun\": true, \"since\": \"2026-12-01T00:00:00Z\"}";
  private static final int LATEST_RUNS = 5;
  private static final int MAX_CHANGES = 1000;

  private final ReconcileService service;

  ReconcileResource(ReconcileService service) {
    this.service = service;
  }

  /** The vendors, in one page. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Page(List<ShownVendor> items) {

    /** Always null: there is no other page. */
    @JsonProperty
    String next() {
      return null;
    }
  }

  /** A vendor with its latest runs and its last good one. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record ShownVendor(
      String vendor, String interval, String whyOff, ShownRun lastGood, List<ShownRun> runs) {

    static ShownVendor of(ReconcileService.VendorRuns vendor) {
      return new ShownVendor(
          vendor.vendor(),
          vendor.interval().toString(),
          vendor.whyOff().orElse(null),
          vendor.good().map(ShownRun::of).orElse(null),
          vendor.runs().stream().map(ShownRun::of).toList());
    }
  }

  /** All vendors that can be reconciled. */
  @GET
  public Page list() throws SQLException {
    return new Page(service.vendors(LATEST_RUNS).stream().map(ShownVendor::of).toList());
  }

  /** A run, with what it found. */
  @GET
  @Path("runs/{id:\\d{1,18}}")
  public ShownRun run(@PathParam("id") long id) throws SQLException {
    ReconcileRun run = service.run(id).orElseThrow(() -> notFound("There is no such run"));
    return ShownRun.of(run).withChanges(service.changes(id, MAX_CHANGES));
  }

  /**
   * Starts a run.
   *
   * @param body empty, or {@code {"dryRun": true, "anyLength": true, "since": time}}
   */
  @POST
  @Path("{vendor}")
  public Response start(
      @PathParam("vendor") String vendor, @HeaderParam("X-Operator") String operator, byte[] body)
      throws SQLException {
    JsonNode options = JsonBody.optional(body, EXAMPLE);
    if (!service.names().contains(vendor)) {
      throw notFound("There are lists of " + String.join(", ", service.names()));
    }
    String by = OperatorName.name(operator);
    try {
      Request request =
          new Request(flag(options, "dryRun"), flag(options, "anyLength"), since(options));
      ReconcileRun run = service.start(vendor, request, by);
      LOG.infof("Reconciliation of %s: run %d was started by %s", vendor, run.id(), by);
      return Response.accepted(ShownRun.of(run)).build();
    } catch (RunActiveException | IllegalArgumentException e) {
      throw new ApiProblem(409, "Conflict", e.getMessage());
    }
  }

  private static boolean flag(JsonNode options, String name) {
    JsonNode value = options.path(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw badRequest(name + " must be true or false");
    }
    return value.asBoolean(false);
  }

  private static Optional<OffsetDateTime> since(JsonNode options) {
    JsonNode value = options.path("since");
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    Optional<OffsetDateTime> time = EventTime.time(value.asText());
    if (time.isEmpty()) {
      throw badRequest("since must be a time with offset, such as 2026-12-01T00:00:00Z");
    }
    return time;
  }

  private static ApiProblem badRequest(String detail) {
    return new ApiProblem(400, "Bad Request", detail);
  }

  private static ApiProblem notFound(String detail) {
    return new ApiProblem(404, "Not Found", detail);
  }
}
