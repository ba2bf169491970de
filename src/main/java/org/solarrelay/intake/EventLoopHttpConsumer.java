package org.solarrelay.intake;

import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultConsumer;
import org.solarrelay.ops.telemetry.LogContext;
import org.solarrelay.ops.telemetry.RelayTracer;
import org.solarrelay.ops.telemetry.TraceSpan;

/**
 * Sends each {@link WebhookRequest} through the route on the event loop. Responds with the {@link
 * WebhookResponse} that is the body at the end of the route, on the thread that ends it.
 */
class EventLoopHttpConsumer extends DefaultConsumer
    implements PlatformHttpConsumer, Suspendable, ShutdownAware, SwappableHttpPath.RouteEntry {

  /**
   * Before the handlers of Quarkus that authenticate operators and look for REST resources: a
   * webhook needs none of them.
   */
  private static final int BEFORE_AUTHENTICATION = -SecurityHandlerPriorities.AUTHENTICATION - 1;

  private final Handler<RoutingContext> reader;
  private final SwappableHttpPath httpPath;
  private final IntakeMetrics metrics;
  private final RejectionRecorder recorder;
  private final RelayTracer tracer;

  /** The number of requests without a response yet. */
  private final AtomicInteger pending = new AtomicInteger();

  EventLoopHttpConsumer(
      PlatformHttpEndpoint endpoint,
      Processor processor,
      Handler<RoutingContext> reader,
      SwappableHttpPath httpPath,
      IntakeMetrics metrics,
      RejectionRecorder recorder,
      RelayTracer tracer) {
    super(endpoint, processor);
    this.reader = reader;
    this.httpPath = httpPath;
    this.metrics = metrics;
    this.recorder = recorder;
    this.tracer = tracer;
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
    withdraw();
    super.doStop();
  }

  @Override
  protected void doResume() {
    serve();
  }

  @Override
  protected void doSuspend() {
    withdraw();
  }

  private void serve() {
    VertxPlatformHttpRouter router =
        CamelContextHelper.findSingleByType(
            getEndpoint().getCamelContext(), VertxPlatformHttpRouter.class);
    String paths = getEndpoint().getPath() + "/*";
    httpPath.serve(() -> router.route(paths).order(BEFORE_AUTHENTICATION).handler(reader), this);
  }

  private void withdraw() {
    httpPath.withdraw(this, getEndpoint().getCamelContext().isStopping());
  }

  @Override
  public void beginRequest() {
    pending.incrementAndGet();
  }

  @Override
  public int getPendingExchangesSize() {
    return pending.get();
  }

  @Override
  public boolean deferShutdown(ShutdownRunningTask task) {
    return false;
  }

  @Override
  public void prepareShutdown(boolean suspendOnly, boolean forced) {
    // doSuspend withdraws the route from the path
  }

  @Override
  public void enter(ReceivedRequest request) {
    Exchange exchange = createExchange(false);
    // ignore the sender's trace: its sampling flag would decide which traces are kept
    tracer.start("webhook", SpanKind.SERVER).attachTo(exchange);
    exchange.setPattern(ExchangePattern.InOut);
    exchange.getIn().setBody(request.webhook());
    try {
      createUoW(exchange);
    } catch (Exception e) {
      exchange.setException(e);
      respond(request, exchange);
      return;
    }
    getAsyncProcessor().process(exchange, doneSync -> respond(request, exchange));
  }

  private void respond(ReceivedRequest request, Exchange exchange) {
    try {
      WebhookResponse response = exchange.getMessage().getBody(WebhookResponse.class);
      if (exchange.getException() != null || response == null) {
        metrics.rejected(RejectionReason.FAILED);
        logFailure(exchange);
        response = WebhookResponse.FAILED;
      }
      request.respond(response);
      recorder.record(request, response);
      endSpan(exchange, response.status());
    } finally {
      request.body().release();
      doneUoW(exchange);
      releaseExchange(exchange, false);
      pending.decrementAndGet();
    }
  }

  private void logFailure(Exchange exchange) {
    try (LogContext.Scope scope = LogContext.enter(exchange)) {
      getExceptionHandler().handleException("Intake failed", exchange, exchange.getException());
    }
  }

  private static void endSpan(Exchange exchange, int status) {
    TraceSpan span = TraceSpan.of(exchange).with("http.response.status_code", status);
    if (status >= 500) {
      span.failed();
    }
    span.end();
  }
}
