package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.solarrelay.database.BatchSplitter.Rejected;
import org.solarrelay.event.Event;
import org.solarrelay.topic.BatchRecord;
import org.solarrelay.topic.RecordBatch;
import org.solarrelay.topic.TopicSink;

/** Stores the events of fan-out and one delivery for each of their destinations. */
@Singleton
public class RoutedEventSink implements RecordBatch.Sink<RoutedEvent> {

  private final DeliveryQueue queue;
  private final TopicSink topics;

  RoutedEventSink(DeliveryQueue queue, TopicSink topics) {
    this.queue = queue;
    this.topics = topics;
  }

  /**
   * Opens an event for the steps of fan-out. The ledger stores the event even if no step names a
   * destination.
   *
   * @param original the record that it was read from, with the span of its trace
   * @return the collector of the events that the steps derive
   */
  public DerivedEvents open(
      BatchRecord record, Event event, ConsumerRecord<byte[], byte[]> original) {
    DerivedEvents derived = new DerivedEvents(event, record::ignored);
    record.add(this, new RoutedEvent(event, original, new ArrayList<>(), derived));
    return derived;
  }

  /**
   * Adds a destination to the exchange's event.
   *
   * @throws IllegalStateException outside fan-out
   */
  public void deliverTo(Exchange exchange, String destination) {
    BatchRecord.of(exchange)
        .flatMap(record -> record.first(this))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "to: delivery:%s works in fan-out only; elsewhere send the event to topic:events"
                        .formatted(destination)))
        .deliverTo(destination);
  }

  @Override
  public RecordBatch.Phase phase() {
    return RecordBatch.Phase.DATABASE;
  }

  @Override
  public List<Rejected<RoutedEvent>> store(List<RoutedEvent> events) throws SQLException {
    return queue.add(events);
  }

  /** Sends what fan-out derived from an event that is stored now. */
  @Override
  public void onStored(BatchRecord record, RoutedEvent event) {
    event.derived().toSend().forEach(derived -> topics.send(record, derived));
  }
}
