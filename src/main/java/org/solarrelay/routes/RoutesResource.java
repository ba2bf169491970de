package org.solarrelay.routes;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;

/** The route files and routes of this pod for operators. */
@Path("/api/routes")
@Produces(MediaType.APPLICATION_JSON)
public class RoutesResource {

  private final RouteFiles files;
  private final CamelContext camel;

  RoutesResource(RouteFiles files, CamelContext camel) {
    this.files = files;
    this.camel = camel;
  }

  /** Both, of this pod: others may still be reading a change. */
  record Overview(List<FileStates.State> files, List<Item> routes) {}

  /**
   * A route in force.
   *
   * @param from where it begins
   * @param state {@code started}, or what else Camel says of it
   * @param exchanges how messages ended in it since it was last changed
   */
  record Item(
      String id,
      String file,
      String from,
      String description,
      String state,
      RouteCounts.Counter.Figures exchanges) {}

  /** Every file with its state, and every route with how its messages fared. */
  @GET
  public Overview routes() {
    List<Item> items = new TreeMap<>(files.routes()).entrySet().stream().map(this::item).toList();
    return new Overview(files.files(), items);
  }

  private Item item(Map.Entry<String, Version> entry) {
    String id = entry.getValue().id();
    Route route = camel.getRoute(id);
    ServiceStatus status = camel.getRouteController().getRouteStatus(id);
    return new Item(
        entry.getKey(),
        entry.getValue().file(),
        route == null ? null : route.getEndpoint().getEndpointBaseUri(),
        route == null ? null : route.getDescription(),
        status == null ? "stopped" : status.name().toLowerCase(Locale.ROOT),
        files.counts().of(id).figures());
  }
}
