package org.solarrelay;

import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Started and ready once every route of the route files runs; names those that do not. */
@Startup
@Readiness
@Singleton
class RoutesHealth implements HealthCheck {

  private final CamelContext camel;

  RoutesHealth(CamelContext camel) {
    this.camel = camel;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder health =
        HealthCheckResponse.named("routes").status(camel.isStarted());
    for (Route route : camel.getRoutes()) {
      ServiceStatus status = camel.getRouteController().getRouteStatus(route.getRouteId());
      if (!status.isStarted()) {
        health.down().withData(route.getRouteId(), status.name());
      }
    }
    return health.build();
  }
}
