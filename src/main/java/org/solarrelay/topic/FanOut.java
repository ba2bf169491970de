package org.solarrelay.topic;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.solarrelay.delivery.DeliveryQueue;
import org.solarrelay.delivery.Fanned;
import org.solarrelay.delivery.SetAside;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventReader;
import org.solarrelay.event.InvalidMessageException;

/**
 * {@code solar.leads}, {@code .projects} and {@code .enrollments} → {@code direct:fan-out} → the
 * queue of deliveries. An event never goes back to its own source.
 */
@Singleton
class FanOut implements TopicConsumer.Handler {

  private static final String STAGE = "fan-out";

  private final ProducerTemplate camel;
  private final OutboundLog log;
  private final DeliveryQueue queue;

  FanOut(ProducerTemplate camel, OutboundLog log, DeliveryQueue queue) {
    this.camel = camel;
    this.log = log;
    this.queue = queue;
  }

  @Override
  public void handle(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
    List<Fanned> fanned = new ArrayList<>(records.size());
    List<ProducerRecord<byte[], byte[]>> deadLetters = new ArrayList<>();
    List<SetAside> setAside = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        Event event = EventReader.read(record);
        fanned.add(new Fanned(event, record, destinations(event)));
      } catch (InvalidMessageException e) {
        deadLetters.add(DeadLetter.of(record).because(e.getMessage(), STAGE, null, 1, null));
        setAside.add(story(record, e.getMessage()));
      }
    }
    log.append(deadLetters);
    queue.add(fanned);
    queue.setAside(setAside);
  }

  private List<String> destinations(Event event) {
    Exchange exchange = camel.send("direct:fan-out", e -> e.getIn().setBody(event));
    String names = FromRoute.result(exchange, String.class);
    return Arrays.stream(names.split(","))
        .map(String::trim)
        .filter(name -> !name.isEmpty() && !name.equals(event.source()))
        .toList();
  }

  private static SetAside story(ConsumerRecord<byte[], byte[]> record, String reason) {
    Instant at = Instant.ofEpochMilli(record.timestamp());
    return new SetAside(Place.of(record), STAGE, record.topic(), "dead", reason, at);
  }
}
