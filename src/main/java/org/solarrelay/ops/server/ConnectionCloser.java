package org.solarrelay.ops.server;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Closes each connection after its next response from SIGTERM on, so that a sender with persistent
 * connections moves to another pod.
 */
@Singleton
class ConnectionCloser {

  private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;

  private Router router;

  void keepRouter(@Observes Router router) {
    this.router = router;
  }

  void closeConnections(@Observes ShutdownDelayInitiatedEvent event) {
    router.route().order(BEFORE_ALL_OTHERS).handler(ConnectionCloser::closeAfterResponse);
  }

  private static void closeAfterResponse(RoutingContext context) {
    context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    context.next();
  }
}
