package org.solarrelay.pipeline;

import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.solarrelay.topic.BatchRecord;

/**
 * What happens when a route throws. Every Camel context that loads route files adds this
 * configuration before its first route, so no route file repeats it.
 *
 * <p>A route hands its exception to its caller, because the caller decides: the component {@code
 * topic:} ends the record, {@code delivery/DeliveryPolicy} retries or ends a delivery, intake
 * answers the sender. Camel's default error handler would log the exchange, and with it personal
 * data.
 *
 * <p>The routes of {@link PipelineRoutes} name {@link #DEAD_LETTER}: an exchange that fails because
 * of its message ends there, and its record is dead. Any other exception fails the batch.
 */
@Singleton
public class ErrorHandling extends RouteConfigurationBuilder {

  static final String DEAD_LETTER = "dead-letter";

  @Override
  public void configuration() {
    routeConfiguration().errorHandler(noErrorHandler());
    // a route that names a configuration has this one alone: it needs an error handler of its own
    routeConfiguration(DEAD_LETTER)
        .errorHandler(defaultErrorHandler().maximumRedeliveries(0).logExhausted(false))
        .onException(Exception.class)
        .onWhen(ErrorHandling::isOfTheMessage)
        .handled(true)
        .process(ErrorHandling::endRecord);
  }

  private static boolean isOfTheMessage(Exchange exchange) {
    return BatchRecord.of(exchange)
        .filter(record -> record.isAtFault(exchange, failure(exchange)))
        .isPresent();
  }

  private static void endRecord(Exchange exchange) {
    BatchRecord.of(exchange).orElseThrow().failed(exchange, failure(exchange));
  }

  private static Exception failure(Exchange exchange) {
    return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
  }
}
