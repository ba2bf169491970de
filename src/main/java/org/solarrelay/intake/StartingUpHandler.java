package org.solarrelay.intake;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * Answers webhooks while the intake route does not run, such as in the first second of a start: 503
 * and not the 404 that would tell a sender to give up.
 */
@Singleton
class StartingUpHandler {

  private static final WebhookResponse ANSWER =
      WebhookResponse.problem(
          503,
          "Service Unavailable",
          "The relay does not take webhooks yet",
          Map.of("Retry-After", "5"));

  private final IntakeMetrics metrics;

  StartingUpHandler(IntakeMetrics metrics) {
    this.metrics = metrics;
  }

  void behindTheRoute(@Observes Router router) {
    router.route("/webhooks/*").last().handler(this::answer);
  }

  private void answer(RoutingContext context) {
    metrics.rejected(null, "not-open");
    ANSWER.headers().forEach(context.response()::putHeader);
    context
        .response()
        .setStatusCode(ANSWER.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, ANSWER.mediaType())
        .end(ANSWER.json());
  }
}
