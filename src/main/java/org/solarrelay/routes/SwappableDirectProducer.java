package org.solarrelay.routes;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.util.StringHelper;

/** Sends to the routes of the table that the exchange entered, else to those in force. */
final class SwappableDirectProducer extends DefaultAsyncProducer {

  private static final String ENTERED = "relay.routeTable";

  private final SwappableDirect component;
  private final String key;

  SwappableDirectProducer(SwappableDirectEndpoint endpoint, SwappableDirect component) {
    super(endpoint);
    this.component = component;
    String uri = endpoint.getEndpointUri();
    this.key = StringHelper.before(uri, "?", uri);
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    // a copy of the exchange, as a wire tap makes, may outlive it
    if (exchange.getProperty(ENTERED) instanceof RouteTable entered && !entered.isClosed()) {
      return send(entered, exchange, callback);
    }
    RouteTable table = component.enter();
    exchange.setProperty(ENTERED, table);
    return send(
        table,
        exchange,
        doneSync -> {
          exchange.removeProperty(ENTERED);
          table.leave();
          callback.done(doneSync);
        });
  }

  private boolean send(RouteTable table, Exchange exchange, AsyncCallback callback) {
    DirectConsumer consumer = table.get(key);
    if (consumer == null) {
      exchange.setException(
          new DirectConsumerNotAvailableException(
              "No consumers available on endpoint: " + getEndpoint(), exchange));
      callback.done(true);
      return true;
    }
    if (exchange.getProperty(ExchangePropertyKey.OTEL_ACTIVE_SPAN) != null) {
      exchange.setProperty(ExchangePropertyKey.OTEL_CLOSE_CLIENT_SCOPE, Boolean.TRUE);
    }
    return consumer.getAsyncProcessor().process(exchange, callback);
  }
}
