package org.solarrelay.topic;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.solarrelay.event.Event;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Translation;
import org.solarrelay.topic.client.RecordPublisher;

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
      sendEvents(exchange);
    } else {
      ProducerRecord<byte[], byte[]> message = message(exchange);
      BatchRecord.of(exchange).ifPresent(origin -> TopicSink.copyHeaders(message, origin));
      RecordBatch.add(exchange, sink, message);
    }
    EventOrigin.of(exchange).ifPresent(origin -> origin.afterSending(exchange));
  }

  private void sendEvents(Exchange exchange) throws Exception {
    Optional<EventOrigin> origin = EventOrigin.of(exchange);
    Translation translation = EventBody.read(exchange.getMessage().getBody(), origin);
    for (Event event : translation.events()) {
      if (origin.isEmpty() || !origin.get().accepts(event)) {
        send(exchange, origin.isPresent() ? withReceipt(exchange, event) : event);
      }
    }
    if (translation.ignored() != null) {
      BatchRecord.of(exchange).ifPresent(it -> it.ignored(translation.ignored()));
    }
  }

  /**
   * Sets the message's id as the event's receipt, so that the message's history shows the event.
   */
  private static Event withReceipt(Exchange exchange, Event event) {
    return event.receipt() == null
        ? BatchRecord.of(exchange).map(it -> event.ofMessage(it.id())).orElse(event)
        : event;
  }

  private void send(Exchange exchange, Event event) throws Exception {
    ProducerRecord<byte[], byte[]> record = RecordPublisher.record(event);
    BatchRecord.of(exchange).ifPresent(it -> TopicSink.copyHeaders(record, it));
    RecordBatch.add(exchange, sink, record);
  }

  private ProducerRecord<byte[], byte[]> message(Exchange exchange) {
    if (exchange.getMessage().getBody() instanceof Event event) {
      ProducerRecord<byte[], byte[]> record = RecordPublisher.record(event);
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
