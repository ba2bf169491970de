package org.solarrelay.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.queue.SubscriptionCounts;
import org.solarrelay.dryrun.SpecOverview;
import org.solarrelay.event.EventType;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.routes.RouteFileLoader;
import org.solarrelay.routes.RoutesResource;
import org.solarrelay.routes.lint.Problem;

/** The page Routes: which destination receives which event, and the route files of this pod. */
@Path("/console/routes")
@Produces(MediaType.TEXT_HTML)
public class RoutesPage {

  private final PageFrames frames;
  private final ReloadableConfig live;
  private final RoutesResource routes;
  private final RouteFileLoader files;
  private final SharedResult<List<SubscriptionCounts.Count>> counts;
  private final SpecOverview specs;

  RoutesPage(
      PageFrames frames,
      ReloadableConfig live,
      RoutesResource routes,
      RouteFileLoader files,
      SubscriptionCounts counts,
      SpecOverview specs) {
    this.frames = frames;
    this.live = live;
    this.routes = routes;
    this.files = files;
    this.counts = SharedResult.forAWhile(counts::all);
    this.specs = specs;
  }

  @CheckedTemplate(basePath = "console")
  static class Templates {

    private Templates() {}

    /**
     * @param most how many deliveries the matrix counts at most
     * @param since when the oldest counted delivery was created
     */
    static native TemplateInstance routes(
        PageFrame page,
        SubscriptionMatrix matrix,
        int most,
        Optional<OffsetDateTime> since,
        RoutesResource.Overview overview,
        List<SpecResultView> specs);

    static native TemplateInstance routeSource(
        PageFrame page, List<String> lines, List<Problem> problems);
  }

  /**
   * A file of specs.
   *
   * @param failures the failing cases of the last check; empty where none was reported
   */
  public record SpecResultView(String file, List<Problem> failures) {}

  @GET
  public TemplateInstance all() throws SQLException, IOException {
    List<SubscriptionCounts.Count> day = counts.get();
    RoutesResource.Overview overview = routes.routes();
    return Templates.routes(
        frames.of(ConsolePage.ROUTES),
        SubscriptionMatrix.of(
            List.of(EventType.values()).stream().map(EventType::id).toList(),
            live.destinations().keySet(),
            day,
            SubscriptionCounts.MOST),
        SubscriptionCounts.MOST,
        SubscriptionMatrix.since(day),
        overview,
        specs(overview));
  }

  private List<SpecResultView> specs(RoutesResource.Overview overview) throws IOException {
    List<Problem> reported =
        overview.files().stream()
            .flatMap(file -> Stream.concat(file.problems().stream(), file.warnings().stream()))
            .distinct()
            .toList();
    return specs.files().stream()
        .map(
            file ->
                new SpecResultView(
                    file, reported.stream().filter(it -> it.file().equals(file)).toList()))
        .toList();
  }

  /**
   * Shows the text in force of a file, with its lines' numbers.
   *
   * @param file the path within the folder, such as {@code fan-out.camel.yaml}
   */
  @GET
  @Path("source")
  public TemplateInstance source(@RestQuery String file) {
    String text = file == null ? null : files.inForce().get(file);
    if (text == null) {
      throw new ApiProblem(404, "Not Found", "No route file of this name is in force");
    }
    List<Problem> problems =
        routes.routes().files().stream()
            .filter(one -> one.path().equals(file))
            .flatMap(one -> one.problems().stream())
            .toList();
    return Templates.routeSource(
        frames.of(ConsolePage.ROUTES, file), text.lines().toList(), problems);
  }
}
