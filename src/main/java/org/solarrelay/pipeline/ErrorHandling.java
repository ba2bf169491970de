package org.solarrelay.pipeline;

import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.solarrelay.topic.BatchRecord;

/**
 * Defines what happens when a route throws. Every Camel context that loads route files adds this
 * configuration before its first route, so no route file repeats it.
 *
 * <p>A route throws its exception to the caller, which decides: the component {@code topic:} ends
 * the record, {@code delivery/DeliveryPolicy} retries or ends a delivery, intake responds to the
 * sender. Camel's default error handler would log the exchange, and with it personal data.
 *
 * <p>The routes of {@link PipelineRoutes} use {@link #DEAD_LETTER}: it ends an exchange that fails
 * because of its message, and the record becomes a dead letter. Any other exception fails the
 * batch.
 */
@Singleton
public class ErrorHandling extends RouteConfigurationBuilder {

  static final String DEAD_LETTER = "dead-letter";

  @Override
  public void configuration() {
    routeConfiguration().errorHandler(noErrorHandler());
    // a route with a configuration id uses only that configuration, so it needs its own error
    // handler
    routeConfiguration(DEAD_LETTER)
        .errorHandler(defaultErrorHandler().maximumRedeliveries(0).logExhausted(false))
        .onException(Exception.class)
        .onWhen(ErrorHandling::isMessageFault)
        .handled(true)
        .process(ErrorHandling::endRecord);
  }

  private static boolean isMessageFault(Exchange exchange) {
    return BatchRecord.of(exchange)
        .filter(record -> record.isMessageFault(exchange, failure(exchange)))
        .isPresent();
  }

  private static void endRecord(Exchange exchange) {
    BatchRecord.of(exchange).orElseThrow().failed(exchange, failure(exchange));
  }

  private static Exception failure(Exchange exchange) {
    return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
  }
}
