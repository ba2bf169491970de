package org.solarrelay.routes;

import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.jboss.logging.Logger;

/**
 * Logs the failures of routes without a caller, such as a timer's. It replaces Camel's own error
 * lines, which quote the exchange's body and the exception's message.
 */
final class RouteFailureLog extends EventNotifierSupport {

  private static final Logger LOG = Logger.getLogger(RouteFailureLog.class);

  /** Endpoints whose callers report a failure. */
  private static final Set<String> CALLED = Set.of("direct", "kamelet", "platform-http");

  RouteFailureLog() {
    setIgnoreCamelContextEvents(true);
    setIgnoreCamelContextInitEvents(true);
    setIgnoreRouteEvents(true);
    setIgnoreServiceEvents(true);
    setIgnoreExchangeCreatedEvent(true);
    setIgnoreExchangeCompletedEvent(true);
    setIgnoreExchangeSendingEvents(true);
    setIgnoreExchangeSentEvents(true);
    setIgnoreExchangeRedeliveryEvents(true);
    setIgnoreStepEvents(true);
  }

  @Override
  public boolean isEnabled(CamelEvent event) {
    return event instanceof CamelEvent.ExchangeFailedEvent;
  }

  @Override
  public void notify(CamelEvent event) {
    Exchange exchange = ((CamelEvent.ExchangeFailedEvent) event).getExchange();
    if (exchange.getException() == null || isCalled(exchange)) {
      return;
    }
    String where = FailedStep.of(exchange).map(step -> " in " + step.text()).orElse("");
    LOG.errorf(
        "The route %s failed%s: %s",
        RouteIds.plain(String.valueOf(exchange.getFromRouteId())),
        where,
        FailedStep.kind(exchange.getException()));
    LOG.debug("A route failed", exchange.getException());
  }

  private static boolean isCalled(Exchange exchange) {
    if (exchange.getFromEndpoint() == null) {
      return true;
    }
    String uri = exchange.getFromEndpoint().getEndpointBaseUri();
    return CALLED.contains(uri.substring(0, Math.max(0, uri.indexOf(':'))));
  }
}
