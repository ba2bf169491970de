package org.solarrelay.intake;

import io.opentelemetry.api.trace.SpanKind;
import io.vertx.core.buffer.Buffer;
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
import org.solarrelay.telemetry.Trace;
import org.solarrelay.telemetry.Tracing;
import org.solarrelay.telemetry.Work;

/**
 * Reads at most as much body as is allowed, sends a {@link WebhookRequest} through the route on the
 * event loop, and answers with the {@link HttpAnswer} that the route ends with, on whatever thread
 * that happens.
 */
class EventLoopHttpConsumer extends DefaultConsumer implements PlatformHttpConsumer, Suspendable {

  private final int bodyLimit;
  private final String prefix;
  private final Mount mount;
  private final IntakeMetrics metrics;
  private final Tracing tracing;
  private final Consumer<RoutingContext> reader = this::read;

  EventLoopHttpConsumer(
      PlatformHttpEndpoint endpoint,
      Processor processor,
      int bodyLimit,
      Mount mount,
      IntakeMetrics metrics,
      Tracing tracing) {
    super(endpoint, processor);
    this.bodyLimit = bodyLimit;
    this.prefix = endpoint.getPath() + "/";
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
    HttpServerRequest request = context.request();
    if (declaredLength(request) > bodyLimit) {
      enter(context, null, true);
      return;
    }
    if (request.getHeader(HttpHeaders.EXPECT) != null) {
      request.response().writeContinue();
    }
    Buffer body = Buffer.buffer();
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() > bodyLimit) {
            request.pause().handler(null).endHandler(null);
            enter(context, null, true);
          } else {
            body.appendBuffer(chunk);
          }
        });
    request.endHandler(end -> enter(context, body.getBytes(), false));
    request.resume();
  }

  private static long declaredLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    // Vert.x has refused anything but digits by now
    return length == null ? 0 : Long.parseLong(length);
  }

  private void enter(RoutingContext context, byte[] body, boolean tooLarge) {
    HttpServerRequest request = context.request();
    String path = context.normalizedPath().substring(prefix.length());
    Exchange exchange = createExchange(false);
    // a stranger's own trace is left outside: it would decide which of ours are kept
    tracing.begin("webhook", SpanKind.SERVER).carriedBy(exchange);
    exchange.setPattern(ExchangePattern.InOut);
    exchange
        .getIn()
        .setBody(
            new WebhookRequest(
                request.method().name(),
                path,
                request.headers(),
                request.getParam("token"),
                body,
                tooLarge));
    try {
      createUoW(exchange);
    } catch (Exception e) {
      exchange.setException(e);
      answer(request.response(), exchange, tooLarge);
      return;
    }
    getAsyncProcessor()
        .process(exchange, doneSync -> answer(request.response(), exchange, tooLarge));
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

  private void answer(HttpServerResponse response, Exchange exchange, boolean closing) {
    try {
      HttpAnswer answer = exchange.getMessage().getBody(HttpAnswer.class);
      if (exchange.getException() != null || answer == null) {
        metrics.rejected(null, "failed");
        tell(exchange);
        answer = HttpAnswer.problem(500, "Internal Server Error", "See the relay's log", Map.of());
      }
      answer.headers().forEach(response::putHeader);
      if (closing) {
        // the rest of the body is still on its way and nobody will read it
        response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      }
      response
          .setStatusCode(answer.status())
          .putHeader(HttpHeaders.CONTENT_TYPE, answer.mediaType())
          .end(answer.json());
      trace(exchange, answer.status());
    } finally {
      doneUoW(exchange);
      releaseExchange(exchange, false);
    }
  }
}
