package org.solarrelay.routes;

import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Reports started and ready when all routes of the route files run, and names routes that do not.
 * It counts rejected files, which do not make the pod unready: their previous versions run.
 */
@Startup
@Readiness
@Singleton
class RoutesHealth implements HealthCheck {

  private final CamelContext camel;
  private final RouteFileLoader files;

  RoutesHealth(CamelContext camel, RouteFileLoader files) {
    this.camel = camel;
    this.files = files;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder health =
        HealthCheckResponse.named("routes").status(camel.isStarted());
    if (!camel.isStarted()) {
      return health.build();
    }
    for (String id : files.ids()) {
      ServiceStatus status = camel.getRouteController().getRouteStatus(id);
      if (status == null || !status.isStarted()) {
        health.down().withData(RouteIds.plain(id), String.valueOf(status));
      } else {
        // one route without messages does not make the pod unready
        RoutesResource.problem(camel.getRoute(id))
            .ifPresent(problem -> health.withData(RouteIds.plain(id), problem));
      }
    }
    long rejected = files.rejected();
    if (rejected > 0) {
      health.withData("routes", "%d file%s rejected".formatted(rejected, rejected == 1 ? "" : "s"));
    }
    return health.build();
  }
}
