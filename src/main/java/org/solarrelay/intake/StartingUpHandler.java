package org.solarrelay.intake;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
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

  private static final String PATH = "/webhooks/";

  private final IntakeMetrics metrics;
  // the server starts before the sources are read
  private final Provider<RejectionRecorder> recorder;

  StartingUpHandler(IntakeMetrics metrics, Provider<RejectionRecorder> recorder) {
    this.metrics = metrics;
    this.recorder = recorder;
  }

  void addLastHandler(@Observes Router router) {
    router.route(PATH + "*").last().handler(this::respond);
  }

  private void respond(RoutingContext context) {
    metrics.rejected(RejectionReason.NOT_OPEN);
    STARTING.headers().forEach(context.response()::putHeader);
    context
        .response()
        .setStatusCode(STARTING.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, STARTING.mediaType())
        .end(STARTING.json());
    HttpServerRequest request = context.request();
    recorder
        .get()
        .record(
            WebhookRequest.withoutToken(request.method().name(), path(context), request.headers()),
            request.remoteAddress(),
            RejectionReason.NOT_OPEN);
  }

  private static String path(RoutingContext context) {
    String path = context.normalizedPath();
    return path.length() < PATH.length() ? "" : path.substring(PATH.length());
  }
}
