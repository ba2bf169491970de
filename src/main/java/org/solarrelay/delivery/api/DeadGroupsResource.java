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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.delivery.queue.DeadGroupAcknowledgement;
import org.solarrelay.delivery.queue.DeadGroupRepository;
import org.solarrelay.delivery.queue.DeadGroupState;
import org.solarrelay.delivery.queue.DeadLetterGroups;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.JsonBody;
import org.solarrelay.ops.access.OperatorName;
import org.solarrelay.ops.access.OperatorReason;

/** Lists groups of dead letters, and records which of them an operator knows of. */
@Path("/api/dead-groups")
@Produces(MediaType.APPLICATION_JSON)
public class DeadGroupsResource {

  private static final Logger LOG = Logger.getLogger(DeadGroupsResource.class);
  private static final String EXAMPLE = "{\"note\": \"the vendor fixes it on Monday\"}";

  private final DeadLetterGroups groups;
  private final DeadGroupRepository acknowledgements;

  DeadGroupsResource(DeadLetterGroups groups, DeadGroupRepository acknowledgements) {
    this.groups = groups;
    this.acknowledgements = acknowledgements;
  }

  /**
   * A group of dead letters of one cause.
   *
   * @param destination of deliveries; empty for messages
   * @param source of messages; empty for deliveries
   * @param type of the events; empty for messages
   * @param reason with {@code …} for ids, numbers and e-mail addresses
   * @param example the number of the newest delivery, or the id of the newest message
   * @param reopened whether the group is open again after an acknowledgement
   * @param note of the last acknowledgement
   */
  public record DeadGroup(
      String fingerprint,
      String stage,
      Optional<String> destination,
      Optional<String> source,
      Optional<String> type,
      String reason,
      long count,
      OffsetDateTime first,
      OffsetDateTime last,
      String example,
      DeadGroupState state,
      boolean reopened,
      Optional<OffsetDateTime> acknowledgedAt,
      Optional<String> acknowledgedBy,
      Optional<String> note) {

    private static DeadGroup of(DeadLetterGroups.Group group) {
      DeadLetterGroups.Cause cause = group.cause();
      Optional<DeadGroupAcknowledgement> acknowledgement = group.acknowledgement();
      return new DeadGroup(
          group.fingerprint(),
          cause.stage(),
          present(cause.destination()),
          present(cause.source()),
          present(cause.type()),
          cause.reason(),
          group.count(),
          group.first(),
          group.last(),
          group.example(),
          group.state(),
          group.isReopened(),
          acknowledgement.map(DeadGroupAcknowledgement::at),
          acknowledgement.map(DeadGroupAcknowledgement::by),
          acknowledgement.flatMap(DeadGroupAcknowledgement::note));
    }

    private static Optional<String> present(String text) {
      return Optional.of(text).filter(it -> !it.isEmpty());
    }
  }

  /**
   * Lists the groups on one page: open ones first, then the one with the newest dead letter first.
   *
   * @param type the event's type
   * @param stage {@code deliver}, {@code translate}, {@code fan-out} or the id of a route
   * @param state {@code open} or {@code acknowledged}
   */
  @GET
  public ResultPage<DeadGroup> all(
      @RestQuery String destination,
      @RestQuery String type,
      @RestQuery String stage,
      @RestQuery String state)
      throws SQLException {
    if (state != null && DeadGroupState.of(state).isEmpty()) {
      throw QueryParameters.invalid("state", "open or acknowledged");
    }
    List<DeadGroup> selected =
        groups.all().stream()
            .filter(group -> matches(destination, group.cause().destination()))
            .filter(group -> matches(type, group.cause().type()))
            .filter(group -> matches(stage, group.cause().stage()))
            .filter(group -> matches(state, group.state().text()))
            .map(DeadGroup::of)
            .toList();
    return ResultPage.only(selected);
  }

  private static boolean matches(String wanted, String actual) {
    return wanted == null || wanted.equals(actual);
  }

  /**
   * Records that an operator knows of a group. A newer dead letter opens the group again.
   *
   * @param body empty, or {@code {"note": "the vendor fixes it on Monday"}}
   */
  @POST
  @Path("{fingerprint}/acknowledge")
  public DeadGroup acknowledge(
      @PathParam("fingerprint") String fingerprint,
      @HeaderParam("X-Operator") String operator,
      byte[] body)
      throws SQLException {
    return acknowledge(fingerprint, OperatorName.name(operator), note(body));
  }

  /**
   * Records that an operator knows of a group.
   *
   * @param by the operator
   * @param note in one line
   */
  public DeadGroup acknowledge(String fingerprint, String by, Optional<String> note)
      throws SQLException {
    find(fingerprint);
    acknowledgements.acknowledge(fingerprint, by, note);
    LOG.infof("The group %s of dead letters was acknowledged by %s", fingerprint, by);
    return DeadGroup.of(find(fingerprint));
  }

  /** Ends the acknowledgement of a group. */
  @POST
  @Path("{fingerprint}/reopen")
  public DeadGroup reopen(
      @PathParam("fingerprint") String fingerprint, @HeaderParam("X-Operator") String operator)
      throws SQLException {
    String by = OperatorName.name(operator);
    if (find(fingerprint).state() == DeadGroupState.OPEN) {
      throw new ApiProblem(409, "Conflict", "The group is open");
    }
    acknowledgements.reopen(fingerprint, by);
    LOG.infof("The group %s of dead letters was reopened by %s", fingerprint, by);
    return DeadGroup.of(find(fingerprint));
  }

  private DeadLetterGroups.Group find(String fingerprint) throws SQLException {
    return groups
        .find(fingerprint)
        .orElseThrow(
            () ->
                new ApiProblem(
                    404,
                    "Not Found",
                    "No dead letter is left of this group; GET /api/dead-groups lists the groups"));
  }

  private static Optional<String> note(byte[] body) {
    JsonNode note = JsonBody.optional(body, EXAMPLE).path("note");
    if (note.isMissingNode() || note.isNull()) {
      return Optional.empty();
    }
    if (!note.isTextual()) {
      throw QueryParameters.invalid("note", "a text");
    }
    return OperatorReason.line("note", note.textValue());
  }
}
