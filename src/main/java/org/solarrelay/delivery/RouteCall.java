package org.solarrelay.delivery;

import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.solarrelay.delivery.http.Answers;
import org.solarrelay.delivery.http.VendorReply;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.Verdict;
import org.solarrelay.event.Event;
import org.solarrelay.identity.EventIds;
import org.solarrelay.identity.KnownId;
import org.solarrelay.ops.telemetry.Trace;
import org.solarrelay.ops.telemetry.Tracing;
import org.solarrelay.ops.telemetry.Work;
import org.solarrelay.routes.FailedStep;

/**
 * Tries a delivery by sending its event into the route that begins at {@code
 * delivery:<destination>}, with the variable {@code approved} telling whether an operator allowed
 * what it was held for. The ids that the {@link EnrichedEvent} gained become known ids of the
 * record.
 */
final class RouteCall implements CallSlots.Call {

  private final AsyncProducer route;
  private final DeliveryPolicy policy;
  private final Answers answers;
  private final Tracing tracing;

  /**
   * @throws Exception where the endpoint cannot be created
   */
  RouteCall(
      CamelContext camel,
      String destination,
      DeliveryPolicy policy,
      Answers answers,
      Tracing tracing)
      throws Exception {
    this.route = camel.getEndpoint(DeliveryEndpoint.entry(destination)).createAsyncProducer();
    this.policy = policy;
    this.answers = answers;
    this.tracing = tracing;
    route.start();
  }

  @Override
  public void start(Delivery delivery, Consumer<Verdict> end) {
    Exchange exchange = route.getEndpoint().createExchange(ExchangePattern.InOut);
    exchange.getIn().setBody(delivery.event());
    exchange.setVariable("approved", delivery.approved());
    Trace trace = begin(delivery);
    trace.carriedBy(exchange);
    Work work = Work.event(delivery.event(), delivery.destination(), trace.id());
    work.carriedBy(exchange);
    try (Work.Scope scope = work.enter()) {
      route.process(exchange, doneSync -> end.accept(ended(delivery, exchange, work)));
    }
  }

  private Trace begin(Delivery delivery) {
    return tracing
        .after(delivery.origin().trace(), "deliver " + delivery.destination(), SpanKind.CONSUMER)
        .with("relay.event.id", delivery.event().id())
        .with("relay.destination", delivery.destination())
        .with("relay.delivery", delivery.id())
        .with("relay.attempt", delivery.attempt());
  }

  private Verdict ended(Delivery delivery, Exchange exchange, Work work) {
    Trace trace = Trace.of(exchange);
    try (Work.Scope scope = work.enter()) {
      Verdict verdict = verdict(delivery, exchange);
      trace.with("relay.state", verdict.state());
      if (verdict.failed()) {
        trace.failed();
      }
      return verdict;
    } finally {
      trace.end();
    }
  }

  @Override
  public Verdict unended(Delivery delivery, Duration within) {
    return policy.judge(delivery, new TimeoutException("no end within " + within));
  }

  private Verdict verdict(Delivery delivery, Exchange exchange) {
    Verdict verdict = judged(delivery, exchange);
    VendorReply reply = VendorReply.of(exchange);
    return reply == null ? verdict : verdict.told(reply.status(), answers.shown(reply.text()));
  }

  private Verdict judged(Delivery delivery, Exchange exchange) {
    if (exchange.getException() != null) {
      return policy.judge(delivery, exchange.getException(), FailedStep.of(exchange));
    }
    Outcome outcome = exchange.getMessage().getBody(Outcome.class);
    Verdict verdict = policy.judge(outcome == null ? Outcome.delivered(null) : outcome);
    return verdict.with(learnt(delivery, exchange, verdict.learnt()), verdict.wrote());
  }

  /** Also the ids that the event gained where a route enriched it. */
  private static List<KnownId> learnt(
      Delivery delivery, Exchange exchange, List<KnownId> byOutcome) {
    Event before = delivery.event();
    Event after = EnrichedEvent.of(exchange).orElse(before);
    if (after == before) {
      return byOutcome;
    }
    Map<String, String> known = EventIds.of(before);
    Stream<KnownId> onTheWay =
        EventIds.of(after).entrySet().stream()
            .filter(id -> !known.containsKey(id.getKey()))
            .map(id -> new KnownId(id.getKey(), id.getValue(), "asked of Enerflo"));
    return Stream.concat(byOutcome.stream(), onTheWay).toList();
  }
}
