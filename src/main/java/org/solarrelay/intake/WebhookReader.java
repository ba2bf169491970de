package org.solarrelay.intake;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Checks the head of each request, then reads its body, within the limits of size and memory. It
 * belongs to the path, not to a version of the route: a body that arrives while the route is
 * replaced enters the next version.
 */
final class WebhookReader {

  private static final Logger LOG = Logger.getLogger(WebhookReader.class);

  private static final WebhookResponse MALFORMED_QUERY =
      WebhookResponse.problem(
          400, "Bad Request", "The URL's query holds a % that begins no escape", Map.of());

  private static final RejectedException BUSY =
      new RejectedException(
          "body-memory",
          503,
          "Service Unavailable",
          "The relay holds as many webhooks as its memory allows; nothing was kept of this one",
          Map.of("Retry-After", "2"));

  private static final BodyReader NOTHING_READ = new BodyReader(new BodyMemory(0), 0, 0, true);

  private final String prefix;
  private final int bodyLimit;
  private final WebhookHeadValidator validator;
  private final BodyMemory memory;
  private final IntakeMetrics metrics;

  /**
   * @param path what the paths of webhooks begin with, without a slash at its end
   * @param bodyLimit the largest body in bytes
   */
  WebhookReader(
      String path,
      int bodyLimit,
      WebhookHeadValidator validator,
      BodyMemory memory,
      IntakeMetrics metrics) {
    this.prefix = path + "/";
    this.bodyLimit = bodyLimit;
    this.validator = validator;
    this.memory = memory;
    this.metrics = metrics;
  }

  /**
   * @param next is given the request once it is read or refused
   */
  void read(RoutingContext context, Consumer<ReceivedRequest> next) {
    try {
      readHead(context, next);
    } catch (RuntimeException e) {
      metrics.rejected(null, "failed");
      LOG.error("A webhook can not be read", e);
      refused(context.request(), null).respond(WebhookResponse.FAILED);
    }
  }

  private void readHead(RoutingContext context, Consumer<ReceivedRequest> next) {
    HttpServerRequest request = context.request();
    String token;
    try {
      token = request.getParam("token");
    } catch (IllegalArgumentException e) {
      metrics.rejected(null, "malformed-url");
      refused(request, null).respond(MALFORMED_QUERY);
      return;
    }
    WebhookRequest webhook =
        WebhookRequest.head(request.method().name(), path(context), request.headers(), token);
    try {
      readBody(request, webhook, validator.check(webhook), next);
    } catch (RejectedException e) {
      next.accept(refused(request, webhook.rejected(e)));
    }
  }

  /** The part behind the prefix, empty where there is none. */
  private String path(RoutingContext context) {
    String path = context.normalizedPath();
    return path.length() < prefix.length() ? "" : path.substring(prefix.length());
  }

  private void readBody(
      HttpServerRequest request,
      WebhookRequest webhook,
      AdmittedHead head,
      Consumer<ReceivedRequest> next) {
    if (request.getHeader(HttpHeaders.EXPECT) != null) {
      request.response().writeContinue();
    }
    BodyReader body =
        new BodyReader(memory, bodyLimit, (int) webhook.declaredLength(), head.proven());
    request.exceptionHandler(gone -> body.release());
    request.handler(
        chunk -> {
          BodyReader.State state = body.add(chunk);
          if (state != BodyReader.State.READING) {
            request.pause().handler(null).endHandler(null);
            body.release();
            next.accept(
                state == BodyReader.State.TOO_LARGE
                    ? read(request, webhook.tooLarge(head), body)
                    : refused(request, webhook.rejected(BUSY)));
          }
        });
    request.endHandler(end -> next.accept(read(request, webhook.with(head, body.body()), body)));
    request.resume();
  }

  private static ReceivedRequest read(
      HttpServerRequest request, WebhookRequest webhook, BodyReader body) {
    // from here on the response gives the memory back, whether or not the client still waits for it
    request.exceptionHandler(null);
    return new ReceivedRequest(webhook, request.response(), body, false);
  }

  private static ReceivedRequest refused(HttpServerRequest request, WebhookRequest webhook) {
    request.exceptionHandler(null);
    return new ReceivedRequest(webhook, request.response(), NOTHING_READ, true);
  }
}
