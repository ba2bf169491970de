package org.solarrelay.ops.server;

import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.solarrelay.config.RelayConfig;

/** Limits request bodies outside {@code /webhooks}; intake limits the bodies of webhooks itself. */
@Singleton
class BodyLimitFilter {

  private static final int BEFORE_ROUTES = -1;
  private static final String WEBHOOKS = "/webhooks";

  private final long limit;

  BodyLimitFilter(RelayConfig config) {
    this.limit = config.server().maxBody().asLongValue();
  }

  void mount(@Observes Router router) {
    router.route().order(BEFORE_ROUTES).handler(this::check);
  }

  private void check(RoutingContext context) {
    if (context.normalizedPath().startsWith(WEBHOOKS)) {
      context.next();
      return;
    }
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > limit) {
      context.response().setStatusCode(413).end();
      return;
    }
    // Quarkus applies the limit to chunked bodies
    context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limit);
    context.next();
  }
}
