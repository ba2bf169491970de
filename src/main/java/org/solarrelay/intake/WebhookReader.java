package org.solarrelay.intake;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Checks the head of each request, then reads its body within the limits of size and memory. The
 * reader belongs to the path, not to a version of the route: a body that arrives while the route is
 * replaced enters the next version.
 */
final class WebhookReader {

  private static final Logger LOG = Logger.getLogger(WebhookReader.class);

  private static final WebhookResponse MALFORMED_QUERY =
      WebhookResponse.problem(
          RejectionReason.MALFORMED_URL, "The URL's query has a % that begins no escape", Map.of());

  private static final RejectedException BUSY =
      new RejectedException(
          RejectionReason.BODY_MEMORY,
          "The memory for webhooks is full; this one was not stored",
          Map.of("Retry-After", "2"));

  private static final BodyReader NO_BODY = new BodyReader(new BodyMemory(0), 0, 0, true);

  private final String prefix;
  private final int bodyLimit;
  private final WebhookHeadValidator validator;
  private final BodyMemory memory;
  private final IntakeMetrics metrics;
  private final RejectionRecorder recorder;

  /**
   * @param path the prefix of all webhook paths, without a slash at its end
   * @param bodyLimit the largest body in bytes
   */
  WebhookReader(
      String path,
      int bodyLimit,
      WebhookHeadValidator validator,
      BodyMemory memory,
      IntakeMetrics metrics,
      RejectionRecorder recorder) {
    this.prefix = path + "/";
    this.bodyLimit = bodyLimit;
    this.validator = validator;
    this.memory = memory;
    this.metrics = metrics;
    this.recorder = recorder;
  }

  /**
   * @param receiver receives the request after it was read or rejected
   */
  void read(RoutingContext context, Consumer<ReceivedRequest> receiver) {
    try {
      readHead(context, receiver);
    } catch (RuntimeException e) {
      metrics.rejected(RejectionReason.FAILED);
      LOG.error("A webhook cannot be read", e);
      respond(context, WebhookResponse.FAILED);
    }
  }

  private void readHead(RoutingContext context, Consumer<ReceivedRequest> receiver) {
    HttpServerRequest request = context.request();
    String token;
    try {
      token = request.getParam("token");
    } catch (IllegalArgumentException e) {
      metrics.rejected(RejectionReason.MALFORMED_URL);
      respond(context, MALFORMED_QUERY);
      return;
    }
    WebhookRequest webhook =
        WebhookRequest.head(request.method().name(), path(context), request.headers(), token);
    try {
      readBody(request, webhook, validator.check(webhook), receiver);
    } catch (RejectedException e) {
      receiver.accept(rejected(request, webhook.rejected(e)));
    }
  }

  /** The part of the path behind the prefix; empty if the path ends there. */
  private String path(RoutingContext context) {
    String path = context.normalizedPath();
    return path.length() < prefix.length() ? "" : path.substring(prefix.length());
  }

  private void readBody(
      HttpServerRequest request,
      WebhookRequest webhook,
      AdmittedHead head,
      Consumer<ReceivedRequest> receiver) {
    if (request.getHeader(HttpHeaders.EXPECT) != null) {
      request.response().writeContinue();
    }
    BodyReader body =
        new BodyReader(memory, bodyLimit, (int) webhook.declaredLength(), head.authenticated());
    request.exceptionHandler(gone -> body.release());
    request.handler(
        chunk -> {
          BodyReader.State state = body.add(chunk);
          if (state != BodyReader.State.READING) {
            request.pause().handler(null).endHandler(null);
            body.release();
            receiver.accept(
                state == BodyReader.State.TOO_LARGE
                    ? read(request, webhook.tooLarge(head), body)
                    : rejected(request, webhook.rejected(BUSY)));
          }
        });
    request.endHandler(
        end -> receiver.accept(read(request, webhook.with(head, body.body()), body)));
    request.resume();
  }

  private static ReceivedRequest read(
      HttpServerRequest request, WebhookRequest webhook, BodyReader body) {
    // from now on the response releases the memory, even if the client is gone
    request.exceptionHandler(null);
    return new ReceivedRequest(webhook, request.remoteAddress(), request.response(), body, false);
  }

  /** Responds without the route. */
  private void respond(RoutingContext context, WebhookResponse response) {
    HttpServerRequest request = context.request();
    ReceivedRequest received =
        rejected(
            request,
            WebhookRequest.withoutToken(request.method().name(), path(context), request.headers()));
    received.respond(response);
    recorder.record(received, response);
  }

  private static ReceivedRequest rejected(HttpServerRequest request, WebhookRequest webhook) {
    request.exceptionHandler(null);
    return new ReceivedRequest(webhook, request.remoteAddress(), request.response(), NO_BODY, true);
  }
}
