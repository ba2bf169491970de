package org.solarrelay.intake;

import io.opentelemetry.api.trace.SpanKind;
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
 * Sends each {@link WebhookRequest} through the route on the event loop, and responds with the
 * {@link WebhookResponse} that the route ends with, on whatever thread that happens.
 */
class EventLoopHttpConsumer extends DefaultConsumer
    implements PlatformHttpConsumer, Suspendable, ShutdownAware, SwappableHttpPath.Entrance {

  private final WebhookReader webhooks;
  private final SwappableHttpPath mount;
  private final IntakeMetrics metrics;
  private final RelayTracer tracing;

  /** Requests between the path and their response. */
  private final AtomicInteger pending = new AtomicInteger();

  EventLoopHttpConsumer(
      PlatformHttpEndpoint endpoint,
      Processor processor,
      WebhookReader webhooks,
      SwappableHttpPath mount,
      IntakeMetrics metrics,
      RelayTracer tracing) {
    super(endpoint, processor);
    this.webhooks = webhooks;
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
    String paths = getEndpoint().getPath() + "/*";
    mount.serve(
        () -> router.route(paths).handler(request -> webhooks.read(request, mount::enter)), this);
  }

  private void leave() {
    mount.leave(this, getEndpoint().getCamelContext().isStopping());
  }

  @Override
  public void expect() {
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
    // leaves the path as it is suspended
  }

  @Override
  public void enter(ReceivedRequest arrival) {
    Exchange exchange = createExchange(false);
    // a stranger's own trace is left outside: it would decide which of ours are kept
    tracing.begin("webhook", SpanKind.SERVER).carriedBy(exchange);
    exchange.setPattern(ExchangePattern.InOut);
    exchange.getIn().setBody(arrival.webhook());
    try {
      createUoW(exchange);
    } catch (Exception e) {
      exchange.setException(e);
      answer(arrival, exchange);
      return;
    }
    getAsyncProcessor().process(exchange, doneSync -> answer(arrival, exchange));
  }

  private void answer(ReceivedRequest arrival, Exchange exchange) {
    try {
      WebhookResponse answer = exchange.getMessage().getBody(WebhookResponse.class);
      if (exchange.getException() != null || answer == null) {
        metrics.rejected(null, "failed");
        report(exchange);
        answer = WebhookResponse.FAILED;
      }
      arrival.respond(answer);
      trace(exchange, answer.status());
    } finally {
      arrival.body().release();
      doneUoW(exchange);
      releaseExchange(exchange, false);
      pending.decrementAndGet();
    }
  }

  private void report(Exchange exchange) {
    try (LogContext.Scope scope = LogContext.enter(exchange)) {
      getExceptionHandler().handleException("Intake failed", exchange, exchange.getException());
    }
  }

  private static void trace(Exchange exchange, int status) {
    TraceSpan trace = TraceSpan.of(exchange).with("http.response.status_code", status);
    if (status >= 500) {
      trace.failed();
    }
    trace.end();
  }
}
