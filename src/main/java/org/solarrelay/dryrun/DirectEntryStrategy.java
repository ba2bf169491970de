package org.solarrelay.dryrun;

import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.util.StringHelper;

/**
 * Leaves out what would begin by itself: timers, HTTP. Where such a route is the one that a
 * rehearsal enters, it is entered by {@code direct:<its id>}. A route from {@code
 * delivery:<destination>} is entered by {@code direct:delivery:<destination>}.
 */
record DirectEntryStrategy(String entry) implements RouteBuilderLifecycleStrategy {

  private static final String DIRECT = "direct:";
  private static final String DELIVERY = "delivery:";

  @Override
  public void afterConfigure(RouteBuilder builder) {
    List<RouteDefinition> routes = builder.getRouteCollection().getRoutes();
    routes.stream()
        .filter(route -> from(route).startsWith(DELIVERY))
        .forEach(route -> route.getInput().setUri(DIRECT + withoutOptions(from(route))));
    boolean served = routes.stream().anyMatch(route -> from(route).equals(DIRECT + entry));
    routes.stream()
        .filter(route -> !served && entry.equals(route.getRouteId()))
        .forEach(route -> route.getInput().setUri(DIRECT + entry));
    routes.removeIf(route -> !from(route).startsWith(DIRECT));
  }

  private static String withoutOptions(String uri) {
    return StringHelper.before(uri, "?", uri);
  }

  private static String from(RouteDefinition route) {
    return route.getInput().getEndpointUri();
  }
}
