package org.solarrelay.intake;

import io.opentelemetry.api.trace.SpanKind;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultConsumer;
import org.solarrelay.ops.telemetry.Trace;
import org.solarrelay.ops.telemetry.Tracing;
import org.solarrelay.ops.telemetry.Work;

/**
 * Checks the head of each request, then reads its body, within the limits of size and memory. Sends
 * a {@link WebhookRequest} through the route on the event loop, and responds with the {@link
 * HttpAnswer} that the route ends with, on whatever thread that happens.
 */
class EventLoopHttpConsumer extends DefaultConsumer implements PlatformHttpConsumer, Suspendable {

  private static final HttpAnswer FAILED =
      HttpAnswer.problem(500, "Internal Server Error", "See the relay's log", Map.of());

  private static final HttpAnswer MALFORMED_QUERY =
      HttpAnswer.problem(
          400, "Bad Request", "The URL's query holds a % that begins no escape", Map.of());

  private static final RejectedException BUSY =
      new RejectedException(
          "body-memory",
          503,
          "Service Unavailable",
          "The relay holds as many webhooks as its memory allows; nothing was kept of this one",
          Map.of("Retry-After", "2"));

  private static final BodyReader NOTHING_READ = new BodyReader(new BodyMemory(0), 0, 0, true);

  private final int bodyLimit;
  private final String prefix;
  private final WebhookHeadValidator validator;
  private final BodyMemory memory;
  private final Mount mount;
  private final IntakeMetrics metrics;
  private final Tracing tracing;
  private final Consumer<RoutingContext> reader = this::read;

  EventLoopHttpConsumer(
      PlatformHttpEndpoint endpoint,
      Processor processor,
      int bodyLimit,
      WebhookHeadValidator validator,
      BodyMemory memory,
      Mount mount,
      IntakeMetrics metrics,
      Tracing tracing) {
    super(endpoint, processor);
    this.bodyLimit = bodyLimit;
    this.prefix = endpoint.getPath() + "/";
    this.validator = validator;
    this.memory = memory;
    this.mount = mount;
    this.metrics = metrics;
    this.tracing = tracing;
  }

  @Override
  public PlatformHttpEndpoint getEndpoint() {
    return (PlatformHttpEndpoint) super.getEndpoint();
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    serve();
  }

  @Override
  protected void doStop() throws Exception {
    leave();
    super.doStop();
  }

  @Override
  protected void doResume() {
    serve();
  }

  @Override
  protected void doSuspend() {
    leave();
  }

  private void serve() {
    VertxPlatformHttpRouter router =
        CamelContextHelper.findSingleByType(
            getEndpoint().getCamelContext(), VertxPlatformHttpRouter.class);
    mount.serve(arrived -> router.route(prefix + "*").handler(arrived::accept), reader);
  }

  private void leave() {
    mount.leave(reader, getEndpoint().getCamelContext().isStopping());
  }

  private void read(RoutingContext context) {
    try {
      readHead(context);
    } catch (RuntimeException e) {
      metrics.rejected(null, "failed");
      getExceptionHandler().handleException("Intake failed", e);
      respond(context.response(), FAILED, true);
    }
  }

  private void readHead(RoutingContext context) {
    HttpServerRequest request = context.request();
    String token;
    try {
      token = request.getParam("token");
    } catch (IllegalArgumentException e) {
      metrics.rejected(null, "malformed-url");
      respond(context.response(), MALFORMED_QUERY, true);
      return;
    }
    WebhookRequest webhook =
        WebhookRequest.head(request.method().name(), path(context), request.headers(), token);
    try {
      readBody(request, webhook, validator.check(webhook));
    } catch (RejectedException e) {
      reject(request, webhook, e);
    }
  }

  /** The part behind the prefix, empty where there is none. */
  private String path(RoutingContext context) {
    String path = context.normalizedPath();
    return path.length() < prefix.length() ? "" : path.substring(prefix.length());
  }

  private void readBody(HttpServerRequest request, WebhookRequest webhook, AdmittedHead head) {
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
            stopReading(request);
            body.release();
            if (state == BodyReader.State.TOO_LARGE) {
              enter(request, webhook.tooLarge(head), body);
            } else {
              reject(request, webhook, BUSY);
            }
          }
        });
    request.endHandler(end -> enter(request, webhook.with(head, body.body()), body));
    request.resume();
  }

  private static void stopReading(HttpServerRequest request) {
    request.pause().handler(null).endHandler(null).exceptionHandler(null);
  }

  private void reject(HttpServerRequest request, WebhookRequest webhook, RejectedException why) {
    enter(request, webhook.rejected(why), NOTHING_READ);
  }

  private void enter(HttpServerRequest request, WebhookRequest webhook, BodyReader body) {
    // from here on the response gives the memory back, whether or not the client still waits for it
    if (body != NOTHING_READ) {
      request.exceptionHandler(null);
    }
    Exchange exchange = createExchange(false);
    // a stranger's own trace is left outside: it would decide which of ours are kept
    tracing.begin("webhook", SpanKind.SERVER).carriedBy(exchange);
    exchange.setPattern(ExchangePattern.InOut);
    exchange.getIn().setBody(webhook);
    try {
      createUoW(exchange);
    } catch (Exception e) {
      exchange.setException(e);
      answer(request.response(), exchange, body);
      return;
    }
    getAsyncProcessor().process(exchange, doneSync -> answer(request.response(), exchange, body));
  }

  private void tell(Exchange exchange) {
    try (Work.Scope scope = Work.enter(exchange)) {
      getExceptionHandler().handleException("Intake failed", exchange, exchange.getException());
    }
  }

  private static void trace(Exchange exchange, int status) {
    Trace trace = Trace.of(exchange).with("http.response.status_code", status);
    if (status >= 500) {
      trace.failed();
    }
    trace.end();
  }

  private void answer(HttpServerResponse response, Exchange exchange, BodyReader body) {
    try {
      HttpAnswer answer = exchange.getMessage().getBody(HttpAnswer.class);
      if (exchange.getException() != null || answer == null) {
        metrics.rejected(null, "failed");
        tell(exchange);
        answer = FAILED;
      }
      respond(response, answer, body == NOTHING_READ);
      trace(exchange, answer.status());
    } finally {
      body.release();
      doneUoW(exchange);
      releaseExchange(exchange, false);
    }
  }

  /**
   * @param closing whether the sender was refused before its body was read: its connection would be
   *     one of those that others need
   */
  private static void respond(HttpServerResponse response, HttpAnswer answer, boolean closing) {
    answer.headers().forEach(response::putHeader);
    if (closing) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    response
        .setStatusCode(answer.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, answer.mediaType())
        .end(answer.json());
  }
}
