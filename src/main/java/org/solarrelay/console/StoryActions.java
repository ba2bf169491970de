package org.solarrelay.console;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.sql.SQLException;
import org.jboss.resteasy.reactive.RestForm;
import org.solarrelay.delivery.api.ApprovalResource;
import org.solarrelay.delivery.api.CancellationResource;
import org.solarrelay.delivery.api.DeadLetterReplayResource;
import org.solarrelay.delivery.api.ReplayResource;
import org.solarrelay.ops.access.CurrentUser;
import org.solarrelay.ops.access.OperatorReason;

/** What an operator does with the deliveries of a story; each action leads back to the story. */
@Path("/console/events/{id}")
public class StoryActions {

  private static final String NO = "false";

  private final CurrentUser user;
  private final ReplayResource replays;
  private final DeadLetterReplayResource messages;
  private final ApprovalResource approvals;
  private final CancellationResource cancellations;

  StoryActions(
      CurrentUser user,
      ReplayResource replays,
      DeadLetterReplayResource messages,
      ApprovalResource approvals,
      CancellationResource cancellations) {
    this.user = user;
    this.replays = replays;
    this.messages = messages;
    this.approvals = approvals;
    this.cancellations = cancellations;
  }

  /** Sends a message again that became no event. */
  @POST
  @Path("replay")
  public Response replayMessage(@PathParam("id") String id)
      throws SQLException, InterruptedException {
    messages.one(id, NO, user.get().name());
    return toStory(id);
  }

  @POST
  @Path("deliveries/{number}/replay")
  public Response replay(@PathParam("id") String id, @PathParam("number") String number)
      throws SQLException {
    replays.one(number, NO, NO, user.get().name());
    return toStory(id);
  }

  @POST
  @Path("deliveries/{number}/approve")
  public Response approve(@PathParam("id") String id, @PathParam("number") String number)
      throws SQLException {
    approvals.approve(number, user.get().name());
    return toStory(id);
  }

  @POST
  @Path("deliveries/{number}/decline")
  public Response decline(@PathParam("id") String id, @PathParam("number") String number)
      throws SQLException {
    approvals.decline(number, user.get().name());
    return toStory(id);
  }

  /**
   * @param reason may be blank
   */
  @POST
  @Path("deliveries/{number:\\d{1,18}}/cancel")
  public Response cancel(
      @PathParam("id") String id, @PathParam("number") long number, @RestForm String reason)
      throws SQLException {
    cancellations.cancel(
        number, user.get().name(), OperatorReason.line(reason).orElse("no reason given"));
    return toStory(id);
  }

  private static Response toStory(String id) {
    return Response.seeOther(URI.create("/console/events/" + ConsoleText.pathSegment(id))).build();
  }
}
