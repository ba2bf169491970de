package org.solarrelay.ops.server;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Responds to requests without a route or with a URL that cannot be decoded: no HTML of Vert.x, no
 * stack trace in the log. {@link ProblemResponseHandler} writes the body.
 */
@Singleton
class RoutingErrorHandler {

  private static final int[] STATUSES = {400, 404, 405, 406, 415};

  void mount(@Observes Router router) {
    for (int status : STATUSES) {
      router.errorHandler(status, context -> respond(context, status));
    }
  }

  private static void respond(RoutingContext context, int status) {
    if (!context.response().ended()) {
      context.response().setStatusCode(status).end();
    }
  }
}
