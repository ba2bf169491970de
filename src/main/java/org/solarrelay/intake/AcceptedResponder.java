package org.solarrelay.intake;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Responds 202 with the receipt, after Kafka has acknowledged the webhook. */
@Singleton
@Named("acceptWebhook")
class AcceptedResponder implements Processor {

  private final KafkaAvailability kafka;
  private final IntakeMetrics metrics;

  AcceptedResponder(KafkaAvailability kafka, IntakeMetrics metrics) {
    this.kafka = kafka;
    this.metrics = metrics;
  }

  @Override
  public void process(Exchange exchange) {
    kafka.acknowledged();
    Message message = exchange.getMessage();
    metrics.accepted(message.getHeader("relay_source", String.class));
    message.setBody(WebhookResponse.accepted(message.getHeader("relay_receipt", String.class)));
  }
}
