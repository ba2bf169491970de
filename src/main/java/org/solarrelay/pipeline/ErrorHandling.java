package org.solarrelay.pipeline;

import jakarta.inject.Singleton;
import org.apache.camel.builder.RouteConfigurationBuilder;

/**
 * What happens when a route throws. Every Camel context that loads route files adds this
 * configuration before its first route, so no route file repeats it.
 *
 * <p>A route hands its exception to its caller, because the caller decides: the topic consumers
 * write a dead letter, {@code delivery/DeliveryPolicy} retries or ends a delivery, intake answers
 * the sender. Camel's default error handler would log the exchange, and with it personal data.
 */
@Singleton
public class ErrorHandling extends RouteConfigurationBuilder {

  @Override
  public void configuration() {
    routeConfiguration().errorHandler(noErrorHandler());
  }
}
