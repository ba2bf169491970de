package org.solarrelay.topic;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.solarrelay.event.Event;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Translation;
import org.solarrelay.ops.telemetry.Tracing;
import org.solarrelay.topic.client.OutboundLog;

/** Appends events to the topics of their types, or a message to one topic. */
final class TopicProducer extends DefaultProducer {

  private final String topic;
  private final TopicSink sink;

  TopicProducer(TopicEndpoint topics, TopicSink sink) {
    super(topics);
    this.topic = topics.topics().get(0);
    this.sink = sink;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    if (topic.equals(TopicEndpoint.BY_TYPE)) {
      sendEvents(exchange, EventBody.read(exchange.getMessage().getBody()));
    } else {
      ProducerRecord<byte[], byte[]> message = message(exchange);
      BatchRecord.of(exchange).ifPresent(origin -> mark(message, origin));
      Batch.add(exchange, sink, message);
    }
  }

  private void sendEvents(Exchange exchange, Translation translation) throws Exception {
    Optional<BatchRecord> origin = BatchRecord.of(exchange);
    for (Event event : translation.events()) {
      ProducerRecord<byte[], byte[]> record = OutboundLog.record(event);
      origin.ifPresent(it -> mark(record, it));
      Batch.add(exchange, sink, record);
    }
    if (translation.ignored() != null) {
      origin.ifPresent(it -> it.ignored(translation.ignored()));
    }
  }

  /** What is sent goes on in the trace, and with the time, of the record that it is made of. */
  private static void mark(ProducerRecord<byte[], byte[]> sent, BatchRecord origin) {
    Resent.inherit(origin.record().headers(), sent.headers());
    Accepted.mark(origin.record(), sent.headers());
    if (origin.isWebhook()) {
      InboxPosition.mark(origin.record(), sent.headers());
    }
    Tracing.mark(sent.headers(), origin.trace());
  }

  private ProducerRecord<byte[], byte[]> message(Exchange exchange) {
    if (exchange.getMessage().getBody() instanceof Event event) {
      ProducerRecord<byte[], byte[]> record = OutboundLog.record(event);
      return new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers());
    }
    byte[] value = exchange.getMessage().getBody(byte[].class);
    if (value == null) {
      throw new InvalidMessageException(
          "topic:%s takes text, bytes or an event, and the body is none of these".formatted(topic));
    }
    byte[] key = BatchRecord.of(exchange).map(it -> it.record().key()).orElse(null);
    return new ProducerRecord<>(topic, key, value);
  }
}
