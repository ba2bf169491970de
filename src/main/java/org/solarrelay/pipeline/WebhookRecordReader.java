package org.solarrelay.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.RecordPosition;
import org.solarrelay.event.Webhook;
import org.solarrelay.topic.BatchRecord;

/** Parses a record of {@code solar.inbox} and sets the {@link Webhook} as body. */
@Singleton
final class WebhookRecordReader implements Processor {

  private static final String SENDERS_HEADER = "http_";

  private static final String PROPERTY = "relay.webhook";

  private final RelayConfig config;

  WebhookRecordReader(RelayConfig config) {
    this.config = config;
  }

  @Override
  public void process(Exchange exchange) {
    ConsumerRecord<byte[], byte[]> record = BatchRecord.of(exchange).orElseThrow().record();
    Webhook webhook = RouteResult.processable(() -> webhook(record));
    exchange.setProperty(PROPERTY, webhook);
    exchange.getMessage().setBody(webhook);
  }

  /** Returns the exchange's webhook, which stays available while steps change the body. */
  static Webhook of(Exchange exchange) {
    return exchange.getProperty(PROPERTY, Webhook.class);
  }

  private Webhook webhook(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    Map<String, String> senders = new HashMap<>();
    for (Header header : record.headers()) {
      if (header.key().startsWith(SENDERS_HEADER)) {
        senders.put(header.key().substring(SENDERS_HEADER.length()), text(header));
      } else {
        headers.put(header.key(), text(header));
      }
    }
    if (!headers.containsKey("relay_source") || !headers.containsKey("relay_receipt")) {
      throw new InvalidMessageException(
          "not from this relay's intake: the headers relay_source and relay_receipt are missing;"
              + " producers write events to solar.leads, solar.projects or solar.enrollments");
    }
    requireKnown(headers.get("relay_source"));
    return Webhook.builder()
        .source(headers.get("relay_source"))
        .event(headers.get("relay_event"))
        .receipt(headers.get("relay_receipt"))
        .receivedAt(RecordPosition.time(record).atOffset(ZoneOffset.UTC))
        .headers(senders)
        .body(parse(record.value()))
        .build();
  }

  private void requireKnown(String source) {
    if (!config.sources().containsKey(source)) {
      throw new InvalidMessageException(
          "relay_source is none of the sources %s"
              .formatted(new TreeSet<>(config.sources().keySet())));
    }
  }

  /** Returns the header's text; empty where it is null. */
  private static String text(Header header) {
    return header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static JsonNode parse(byte[] value) {
    if (value == null) {
      throw new InvalidMessageException("the record is null");
    }
    return EventJson.parse(value);
  }
}
