package org.solarrelay.topic;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.solarrelay.delivery.DeliveryQueue;
import org.solarrelay.delivery.SetAside;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.EventWriter;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;

/**
 * {@code solar.inbox} → {@code direct:translate-<source>} → events on their topics. What can not be
 * translated becomes a dead letter and never blocks the rest.
 */
@Singleton
class Translate implements TopicConsumer.Handler {

  private static final String STAGE = "translate";
  private static final String SENDERS_HEADER = "http_";

  private final ProducerTemplate camel;
  private final OutboundLog log;
  private final DeliveryQueue ledger;

  Translate(ProducerTemplate camel, OutboundLog log, DeliveryQueue ledger) {
    this.camel = camel;
    this.log = log;
    this.ledger = ledger;
  }

  @Override
  public void handle(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
    List<ProducerRecord<byte[], byte[]>> results = new ArrayList<>();
    List<SetAside> setAside = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        Translation translation = translate(record);
        for (Event event : translation.events()) {
          results.add(record(event));
        }
        if (translation.ignored() != null) {
          setAside.add(story(record, "skipped", translation.ignored()));
        }
      } catch (InvalidMessageException e) {
        results.add(DeadLetter.of(record).because(e.getMessage(), STAGE, null, 1, null));
        setAside.add(story(record, "dead", e.getMessage()));
      }
    }
    log.append(results);
    ledger.setAside(setAside);
  }

  private Translation translate(ConsumerRecord<byte[], byte[]> record) {
    Webhook webhook = webhook(record);
    Exchange exchange =
        camel.send("direct:translate-" + webhook.source(), e -> e.getIn().setBody(webhook));
    return FromRoute.result(exchange, Translation.class);
  }

  private Webhook webhook(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    Map<String, String> senders = new HashMap<>();
    for (Header header : record.headers()) {
      String text = new String(header.value(), StandardCharsets.UTF_8);
      if (header.key().startsWith(SENDERS_HEADER)) {
        senders.put(header.key().substring(SENDERS_HEADER.length()), text);
      } else {
        headers.put(header.key(), text);
      }
    }
    if (!headers.containsKey("relay_source") || !headers.containsKey("relay_receipt")) {
      throw new InvalidMessageException(
          "not from this relay's intake: the headers relay_source and relay_receipt are missing;"
              + " producers write events to solar.leads, solar.projects or solar.enrollments");
    }
    return new Webhook(
        headers.get("relay_source"),
        headers.get("relay_event"),
        headers.get("relay_receipt"),
        OffsetDateTime.ofInstant(Instant.ofEpochMilli(record.timestamp()), ZoneOffset.UTC),
        senders,
        parse(record.value()));
  }

  private static JsonNode parse(byte[] value) {
    if (value == null) {
      throw new InvalidMessageException("the record is null");
    }
    return EventJson.parse(value);
  }

  private static ProducerRecord<byte[], byte[]> record(Event event) {
    ProducerRecord<String, byte[]> written = EventWriter.toRecord(event);
    byte[] key = written.key().getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(written.topic(), null, key, written.value(), written.headers());
  }

  private static SetAside story(
      ConsumerRecord<byte[], byte[]> record, String state, String reason) {
    Header receipt = record.headers().lastHeader("relay_receipt");
    Header source = record.headers().lastHeader("relay_source");
    String id =
        receipt == null ? Place.of(record) : new String(receipt.value(), StandardCharsets.UTF_8);
    return new SetAside(
        id,
        STAGE,
        source == null ? null : new String(source.value(), StandardCharsets.UTF_8),
        state,
        reason,
        Instant.ofEpochMilli(record.timestamp()));
  }
}
