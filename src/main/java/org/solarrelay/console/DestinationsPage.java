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
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.delivery.api.DestinationPauses;
import org.solarrelay.delivery.queue.QueueDepth;
import org.solarrelay.ops.access.CurrentUser;
import org.solarrelay.ops.access.OperatorReason;
import org.solarrelay.vendor.reconcile.ReconcileService;

/** The page Destinations: all of them, and one with its state, which an operator can pause. */
@Path("/console/destinations")
@Produces(MediaType.TEXT_HTML)
public class DestinationsPage {

  private static final int MOST_RECORDS = 10;

  private final PageFrames frames;
  private final CurrentUser user;
  private final DestinationReader destinations;
  private final DestinationPauses pauses;
  private final QueueDepth queue;
  private final ReconcileService reconciliation;

  DestinationsPage(
      PageFrames frames,
      CurrentUser user,
      DestinationReader destinations,
      DestinationPauses pauses,
      QueueDepth queue,
      ReconcileService reconciliation) {
    this.frames = frames;
    this.user = user;
    this.destinations = destinations;
    this.pauses = pauses;
    this.queue = queue;
    this.reconciliation = reconciliation;
  }

  @CheckedTemplate(basePath = "console")
  static class Templates {

    private Templates() {}

    static native TemplateInstance destinations(
        PageFrame page,
        List<DestinationView> destinations,
        List<ReconciliationView> reconciliation);

    /**
     * @param figures of the last hour
     * @param records those with the most unfinished deliveries
     * @param most the maximum number of unfinished deliveries that were read for {@code records}
     */
    static native TemplateInstance destination(
        PageFrame page,
        DestinationView destination,
        DestinationFigures figures,
        DestinationPlots plots,
        List<QueueDepth.RecordBacklog> records,
        int most);
  }

  @GET
  public TemplateInstance all() throws SQLException {
    return Templates.destinations(
        frames.of(ConsolePage.DESTINATIONS),
        destinations.all(),
        ReconciliationView.of(reconciliation));
  }

  /**
   * @param range the time that the plots show, a {@link PlotRange}; an hour by default
   */
  @GET
  @Path("{name}")
  public TemplateInstance one(@PathParam("name") String name, @RestQuery String range)
      throws SQLException {
    PlotRange shown = PlotRange.of(range);
    DestinationView destination = destinations.of(name);
    return Templates.destination(
        frames.of(ConsolePage.DESTINATIONS, name),
        destination,
        destinations.lastHour(destination),
        destinations.plots(name, shown),
        queue.records(name, MOST_RECORDS),
        QueueDepth.MOST_OF_RECORDS);
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
