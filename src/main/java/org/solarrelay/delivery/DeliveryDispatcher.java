package org.solarrelay.delivery;

import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.solarrelay.delivery.http.AttemptCalls;
import org.solarrelay.delivery.queue.AttemptResult;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.ops.telemetry.LogContext;
import org.solarrelay.ops.telemetry.RelayTracer;
import org.solarrelay.ops.telemetry.TraceSpan;

/**
 * Sends deliveries to the route from {@code delivery:<destination>}. The body is the event; the
 * variable {@code approved} is true where an operator approved the delivery. {@link DeliveryPolicy}
 * decides the result.
 */
final class DeliveryDispatcher implements DeliveryExecutor.Call {

  private final Map<Long, AttemptCalls> running = new ConcurrentHashMap<>();
  private final AsyncProducer route;
  private final DeliveryPolicy policy;
  private final RelayTracer tracer;

  /**
   * @throws Exception where the endpoint cannot be created
   */
  DeliveryDispatcher(
      CamelContext camel, String destination, DeliveryPolicy policy, RelayTracer tracer)
      throws Exception {
    this.route = camel.getEndpoint(DeliveryEndpoint.entry(destination)).createAsyncProducer();
    this.policy = policy;
    this.tracer = tracer;
    route.start();
  }

  @Override
  public void start(Delivery delivery, Consumer<AttemptResult> onResult) {
    Exchange exchange = route.getEndpoint().createExchange(ExchangePattern.InOut);
    exchange.getIn().setBody(delivery.event());
    exchange.setVariable("approved", delivery.approved());
    TraceSpan trace = begin(delivery);
    trace.attachTo(exchange);
    AttemptCalls calls = new AttemptCalls();
    if (policy.storesRequests()) {
      running.put(delivery.id(), calls);
      calls.attachTo(exchange);
    }
    LogContext work =
        LogContext.delivery(delivery.event(), delivery.destination(), trace.traceId());
    work.attachTo(exchange);
    try (LogContext.Scope scope = work.enter()) {
      route.process(exchange, doneSync -> onResult.accept(result(delivery, exchange, calls, work)));
    } catch (RuntimeException | Error e) {
      running.remove(delivery.id(), calls);
      throw e;
    }
  }

  @Override
  public AttemptResult timedOut(Delivery delivery, Duration within) {
    AttemptResult result =
        policy.judge(delivery, new TimeoutException("no result within " + within));
    AttemptCalls calls = running.remove(delivery.id());
    return calls == null ? result : policy.withCalls(result, calls);
  }

  private TraceSpan begin(Delivery delivery) {
    return tracer
        .continueFrom(
            delivery.origin().trace(), "deliver " + delivery.destination(), SpanKind.CONSUMER)
        .with("relay.event.id", delivery.event().id())
        .with("relay.destination", delivery.destination())
        .with("relay.delivery", delivery.id())
        .with("relay.attempt", delivery.attempt());
  }

  private AttemptResult result(
      Delivery delivery, Exchange exchange, AttemptCalls calls, LogContext work) {
    running.remove(delivery.id(), calls);
    TraceSpan trace = TraceSpan.of(exchange);
    try (LogContext.Scope scope = work.enter()) {
      AttemptResult result = policy.withCalls(policy.judge(delivery, exchange), calls);
      trace.with("relay.state", result.state().text());
      if (result.failed()) {
        trace.failed();
      }
      return result;
    } finally {
      trace.end();
    }
  }
}
