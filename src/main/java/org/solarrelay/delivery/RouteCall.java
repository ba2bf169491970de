package org.solarrelay.delivery;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;

/**
 * Tries a delivery by sending its event through {@code direct:deliver-<destination>}, with the
 * variable {@code approved} telling whether an operator allowed what it was held for.
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
    return policy.judge(outcome == null ? Outcome.delivered(null) : outcome);
  }
}
