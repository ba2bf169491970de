package org.solarrelay.intake;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Answers 202 with the receipt, once the log has acknowledged the webhook. */
@Singleton
@Named("acceptWebhook")
class AcceptedResponder implements Processor {

  private final KafkaAvailability log;
  private final IntakeMetrics metrics;

  AcceptedResponder(KafkaAvailability log, IntakeMetrics metrics) {
    this.log = log;
    this.metrics = metrics;
  }

  @Override
  public void process(Exchange exchange) {
    log.acknowledged();
    Message message = exchange.getMessage();
    metrics.accepted(message.getHeader("relay_source", String.class));
    message.setBody(WebhookResponse.accepted(message.getHeader("relay_receipt", String.class)));
  }
}
