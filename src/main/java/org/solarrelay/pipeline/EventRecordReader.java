package org.solarrelay.pipeline;

import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.solarrelay.delivery.queue.RoutedEventSink;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventReader;
import org.solarrelay.ops.telemetry.LogContext;
import org.solarrelay.topic.BatchRecord;
import org.solarrelay.topic.TraceHeader;

/**
 * Reads a record of an event's topic; the body becomes an {@link Event}, and the batch has it for
 * the ledger, whatever destinations the next steps add.
 */
@Singleton
final class EventRecordReader implements Processor {

  private final RoutedEventSink events;

  EventRecordReader(RoutedEventSink events) {
    this.events = events;
  }

  @Override
  public void process(Exchange exchange) {
    BatchRecord record = BatchRecord.of(exchange).orElseThrow();
    Event event = RouteResult.processable(() -> EventReader.read(record.record()));
    record.trace().with("relay.event.id", event.id()).with("relay.event.type", event.type());
    LogContext.event(event, null, record.trace().id()).carriedBy(exchange);
    // the ledger keeps the step with it, so that deliveries hours later still belong to the trace
    events
        .open(record, event, TraceHeader.record(record.record(), record.trace()))
        .carriedBy(exchange);
    exchange.getMessage().setBody(event);
  }
}
