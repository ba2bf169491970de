package org.solarrelay.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.solarrelay.delivery.api.DestinationPauses;
import org.solarrelay.delivery.api.DestinationStates;
import org.solarrelay.ops.access.CurrentUser;
import org.solarrelay.ops.access.OperatorReason;

/** The page Destinations: all of them, and one with its state, which an operator can pause. */
@Path("/console/destinations")
@Produces(MediaType.TEXT_HTML)
public class DestinationsPage {

  private final PageFrames frames;
  private final CurrentUser user;
  private final DestinationStates states;
  private final DestinationPauses pauses;

  DestinationsPage(
      PageFrames frames, CurrentUser user, DestinationStates states, DestinationPauses pauses) {
    this.frames = frames;
    this.user = user;
    this.states = states;
    this.pauses = pauses;
  }

  @CheckedTemplate(basePath = "console")
  static class Templates {

    private Templates() {}

    static native TemplateInstance destinations(PageFrame page, List<DestinationView> destinations);

    static native TemplateInstance destination(PageFrame page, DestinationView destination);
  }

  @GET
  public TemplateInstance all() throws SQLException {
    return Templates.destinations(
        frames.of(ConsolePage.DESTINATIONS), DestinationView.of(states.all()));
  }

  @GET
  @Path("{name}")
  public TemplateInstance one(@PathParam("name") String name) throws SQLException {
    return Templates.destination(
        frames.of(ConsolePage.DESTINATIONS, name), new DestinationView(states.of(name)));
  }

  @POST
  @Path("{name}/pause")
  public Response pause(@PathParam("name") String name, @RestForm String reason)
      throws SQLException {
    pauses.pause(name, OperatorReason.line(reason), user.get().name());
    return toPage(name);
  }

  @POST
  @Path("{name}/resume")
  public Response resume(@PathParam("name") String name) throws SQLException {
    pauses.resume(name, user.get().name());
    return toPage(name);
  }

  private static Response toPage(String name) {
    return Response.seeOther(
            URI.create(ConsolePage.DESTINATIONS.path() + "/" + ConsoleText.pathSegment(name)))
        .build();
  }
}
