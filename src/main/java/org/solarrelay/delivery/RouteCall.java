package org.solarrelay.delivery;

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
import org.solarrelay.event.Event;
import org.solarrelay.identity.EventIds;
import org.solarrelay.identity.KnownId;

/**
 * Tries a delivery by sending its event through {@code direct:deliver-<destination>}, with the
 * variable {@code approved} telling whether an operator allowed what it was held for. Where the
 * route leaves a variable {@code event}, that is the event as the route completed it.
 */
final class RouteCall implements DeliveryCall {

  private final AsyncProducer route;
  private final DeliveryPolicy policy;
  private final Answers answers;

  /**
   * @throws Exception where the endpoint can not be made
   */
  RouteCall(CamelContext camel, String destination, DeliveryPolicy policy, Answers answers)
      throws Exception {
    this.route = camel.getEndpoint("direct:deliver-" + destination).createAsyncProducer();
    this.policy = policy;
    this.answers = answers;
    route.start();
  }

  @Override
  public void start(Delivery delivery, Consumer<Verdict> end) {
    Exchange exchange = route.getEndpoint().createExchange(ExchangePattern.InOut);
    exchange.getIn().setBody(delivery.event());
    exchange.setVariable("approved", delivery.approved());
    route.process(exchange, doneSync -> end.accept(verdict(delivery, exchange)));
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
      return policy.judge(delivery, exchange.getException());
    }
    Outcome outcome = exchange.getMessage().getBody(Outcome.class);
    Verdict verdict = policy.judge(outcome == null ? Outcome.delivered(null) : outcome);
    return verdict.with(learnt(delivery, exchange, verdict.learnt()), verdict.wrote());
  }

  /** Also the ids that the event was completed with on its way through the route. */
  private static List<KnownId> learnt(
      Delivery delivery, Exchange exchange, List<KnownId> byOutcome) {
    Event before = delivery.event();
    Event after = exchange.getVariable("event") instanceof Event left ? left : before;
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
