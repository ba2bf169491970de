package org.solarrelay.dryrun;

import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.util.StringHelper;

/**
 * Removes routes that start by themselves, such as those from timers and HTTP. The route that a dry
 * run enters begins at {@code direct:<its id>} instead. A route from {@code delivery:<destination>}
 * begins at {@code direct:delivery:<destination>}.
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
