package org.solarrelay.intake;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * Responds 503 to webhooks while the intake route does not run, such as in the first second of a
 * start. Senders would give up after a 404.
 */
@Singleton
class StartingUpHandler {

  private static final WebhookResponse STARTING =
      WebhookResponse.problem(
          RejectionReason.NOT_OPEN,
          "The relay is starting; it does not accept webhooks yet",
          Map.of("Retry-After", "5"));

  private final IntakeMetrics metrics;

  StartingUpHandler(IntakeMetrics metrics) {
    this.metrics = metrics;
  }

  void addLastHandler(@Observes Router router) {
    router.route("/webhooks/*").last().handler(this::respond);
  }

  private void respond(RoutingContext context) {
    metrics.rejected(RejectionReason.NOT_OPEN);
    STARTING.headers().forEach(context.response()::putHeader);
    context
        .response()
        .setStatusCode(STARTING.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, STARTING.mediaType())
        .end(STARTING.json());
  }
}
