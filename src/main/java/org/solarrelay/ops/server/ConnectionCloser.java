package org.solarrelay.ops.server;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * From SIGTERM on every answer is the last of its connection. A sender that keeps connections open
 * would stay with this pod to its end; so its next request opens one to another.
 */
@Singleton
class ConnectionCloser {

  private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;

  private Router router;

  void routes(@Observes Router routes) {
    router = routes;
  }

  void leave(@Observes ShutdownDelayInitiatedEvent leaving) {
    router.route().order(BEFORE_ALL_OTHERS).handler(ConnectionCloser::closeWhenAnswered);
  }

  private static void closeWhenAnswered(RoutingContext request) {
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    request.next();
  }
}
