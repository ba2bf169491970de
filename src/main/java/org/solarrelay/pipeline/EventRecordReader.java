package org.solarrelay.pipeline;

import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.solarrelay.delivery.queue.RoutedEventSink;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventReader;
import org.solarrelay.ops.telemetry.LogContext;
import org.solarrelay.ops.telemetry.RelayTracer;
import org.solarrelay.topic.BatchRecord;

/**
 * Parses a record of an event topic. Sets the {@link Event} as body and adds it to the batch, so
 * that the database stores it with the destinations that later steps add.
 */
@Singleton
final class EventRecordReader implements Processor {

  private final RoutedEventSink events;
  private final EventDelaySink delays;

  EventRecordReader(RoutedEventSink events, EventDelaySink delays) {
    this.events = events;
    this.delays = delays;
  }

  @Override
  public void process(Exchange exchange) {
    BatchRecord record = BatchRecord.of(exchange).orElseThrow();
    Event event = RouteResult.processable(() -> EventReader.read(record.record()));
    record.trace().with("relay.event.id", event.id()).with("relay.event.type", event.type());
    LogContext.event(event, record.trace().traceId()).attachTo(exchange);
    // the stored record has the span, so that deliveries hours later continue the trace
    events
        .open(record, event, RelayTracer.inject(record.record(), record.trace()))
        .attachTo(exchange);
    delays.addProducers(record, event);
    exchange.getMessage().setBody(event);
  }
}
