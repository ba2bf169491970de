package org.solarrelay.delivery.http;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;

/**
 * Sends only the headers that the route has set. Camel keeps the headers of an earlier response in
 * the message; this filter drops them, because the next host must not see them.
 */
final class RouteHeaderFilter extends HttpHeaderFilterStrategy {

  private static final String PROPERTY = "relay.receivedHeaders";

  @Override
  public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
    boolean dropped = super.applyFilterToExternalHeaders(name, value, exchange);
    if (!dropped) {
      received(exchange).add(value);
    }
    return dropped;
  }

  @Override
  public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
    return isReceived(exchange, value) || super.applyFilterToCamelHeaders(name, value, exchange);
  }

  /** Removes an earlier response's media type, which does not describe this request. */
  static void removeReceivedType(Exchange exchange) {
    if (isReceived(exchange, exchange.getMessage().getHeader(Exchange.CONTENT_TYPE))) {
      exchange.getMessage().removeHeader(Exchange.CONTENT_TYPE);
    }
  }

  /** Compares by identity: a route may set a value that equals a response's. */
  private static boolean isReceived(Exchange exchange, Object value) {
    return received(exchange).contains(value);
  }

  @SuppressWarnings("unchecked") // the property is this class' own
  private static Set<Object> received(Exchange exchange) {
    Set<Object> values = (Set<Object>) exchange.getProperty(PROPERTY);
    if (values == null) {
      values = Collections.newSetFromMap(new IdentityHashMap<>());
      exchange.setProperty(PROPERTY, values);
    }
    return values;
  }
}
