package org.solarrelay.routes;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.solarrelay.routes.lint.Problem;

/** Serves {@code /api/routes}: the route files and routes of this pod, for operators. */
@Path("/api/routes")
@Produces(MediaType.APPLICATION_JSON)
public class RoutesResource {

  /** The route property in which a route of the Java DSL names its class. */
  public static final String FILE = "file";

  private final RouteFileLoader files;
  private final CamelContext camel;

  RoutesResource(RouteFileLoader files, CamelContext camel) {
    this.files = files;
    this.camel = camel;
  }

  /** The files and routes of this pod; another pod may have other versions for a short time. */
  public record Overview(List<FileItem> files, List<Item> routes) {}

  /**
   * @param problems why the version that was checked last is rejected; empty if it is accepted
   * @param warnings failing specs of a file that is in force
   * @param changedAt when the version in force was loaded; empty before the first load
   * @param lastError the last rejection, even if the file has been fixed since
   * @param reverted the revert that is in force instead of the file
   */
  public record FileItem(
      String path,
      FileState state,
      List<Problem> problems,
      List<Problem> warnings,
      Optional<Instant> changedAt,
      Optional<FileStatuses.Rejection> lastError,
      Optional<Reverted> reverted) {}

  /** A revert that is in force instead of a file, because the folder is read-only or mounted. */
  public record Reverted(String by, OffsetDateTime at) {}

  /**
   * A route in force.
   *
   * @param file the path within the folder, or the class of a route in the Java DSL
   * @param from the URI of its first endpoint
   * @param state {@code started}, or another state of Camel in lower case
   * @param problem why the route receives no messages, such as a missing topic
   * @param exchanges the route's completed and failed messages since its last change
   */
  public record Item(
      String id,
      String file,
      String from,
      String description,
      String state,
      Optional<String> problem,
      RouteCounts.Counter.Figures exchanges) {}

  /** Every file with its state, and every route with its counts. */
  @GET
  public Overview routes() {
    Map<String, Item> items = new TreeMap<>();
    files.routes().forEach((name, version) -> items.put(name, item(name, version)));
    camel.getRoutes().stream()
        .filter(route -> route.getProperties().containsKey(FILE))
        .forEach(route -> items.put(route.getRouteId(), javaDslItem(route)));
    return new Overview(
        files.files().stream().map(this::item).toList(), List.copyOf(items.values()));
  }

  private FileItem item(FileStatuses.State state) {
    return new FileItem(
        state.path(),
        state.state(),
        state.problems(),
        state.warnings(),
        state.changedAt(),
        state.lastError(),
        files.reverted(state.path()).map(revert -> new Reverted(revert.by(), revert.at())));
  }

  /** A route of the Java DSL, which names its class in a route property. */
  private Item javaDslItem(Route route) {
    String file = route.getProperties().get(FILE).toString();
    return item(route.getRouteId(), file, route.getRouteId(), route);
  }

  private Item item(String name, RouteVersion version) {
    return item(name, version.file(), version.id(), camel.getRoute(version.id()));
  }

  private Item item(String name, String file, String id, Route route) {
    ServiceStatus status = camel.getRouteController().getRouteStatus(id);
    return new Item(
        name,
        file,
        route == null ? null : route.getEndpoint().getEndpointBaseUri(),
        route == null ? null : route.getDescription(),
        status == null ? "stopped" : status.name().toLowerCase(Locale.ROOT),
        problem(route),
        files.counts().of(id).figures());
  }

  static Optional<String> problem(Route route) {
    return route != null && route.getConsumer() instanceof ProblemReporter consumer
        ? consumer.problem()
        : Optional.empty();
  }
}
