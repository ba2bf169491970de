package org.solarrelay.topic;

import org.apache.camel.Exchange;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.jboss.logging.Logger;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.routes.RouteIds;

/** What a translate or fan-out route ended with. */
final class FromRoute {

  private static final Logger LOG = Logger.getLogger(FromRoute.class);

  private static final int LONGEST_REASON = 1000;

  private FromRoute() {}

  /**
   * The message's body.
   *
   * @throws InvalidMessageException where the route failed or ended with something else: such a
   *     message is a dead letter, to be replayed once the route is mended
   */
  static <T> T result(Exchange exchange, Class<T> type) {
    Exception failure = exchange.getException();
    if (failure instanceof InvalidMessageException invalid) {
      throw new InvalidMessageException(shortened(invalid.getMessage()));
    }
    if (failure instanceof DirectConsumerNotAvailableException) {
      throw new InvalidMessageException(
          "there is no route from %s".formatted(exchange.getProperty(Exchange.TO_ENDPOINT)));
    }
    if (failure != null) {
      // the text of a stranger's exception may quote the message, which may hold personal data
      LOG.debug("A route failed", failure);
      throw new InvalidMessageException(
          "the route %s failed: %s".formatted(route(exchange), failure.getClass().getSimpleName()));
    }
    T body = exchange.getMessage().getBody(type);
    if (body == null) {
      throw new InvalidMessageException(
          "the route %s made no %s".formatted(route(exchange), type.getSimpleName()));
    }
    return body;
  }

  private static String route(Exchange exchange) {
    return RouteIds.plain(String.valueOf(exchange.getFromRouteId()));
  }

  /** A route may quote a field of any length, and a dead letter is only so much larger. */
  private static String shortened(String reason) {
    String text = String.valueOf(reason);
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
  }
}
