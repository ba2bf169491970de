package org.solarrelay.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.solarrelay.telemetry.Trace;

/**
 * A record of a {@link Batch}: what its exchange was made of, whatever became of the body, and what
 * the exchange's steps have collected. Copies of the exchange, as a split makes them, belong to the
 * same record.
 */
public final class BatchRecord {

  private static final String PROPERTY = "relay.batchRecord";

  private record Item(Batch.Sink<?> sink, Object content) {}

  private final Batch batch;
  private final ConsumerRecord<byte[], byte[]> record;
  private final String stage;
  private final Trace trace;
  private final List<Item> items = new ArrayList<>();
  private boolean dead;

  BatchRecord(Batch batch, ConsumerRecord<byte[], byte[]> record, String stage, Trace trace) {
    this.batch = batch;
    this.record = record;
    this.stage = stage;
    this.trace = trace;
  }

  /** The record that the exchange is made of; empty where it comes from no topic. */
  public static Optional<BatchRecord> of(Exchange exchange) {
    return Optional.ofNullable(exchange.getProperty(PROPERTY, BatchRecord.class));
  }

  void carriedBy(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
  }

  Batch batch() {
    return batch;
  }

  /** The record as it was read, at the time of its first sending. */
  public ConsumerRecord<byte[], byte[]> record() {
    return record;
  }

  /** {@code translate}, {@code fan-out}, or the id of a route of one's own. */
  public String stage() {
    return stage;
  }

  /** The step of the record's trace. */
  public Trace trace() {
    return trace;
  }

  /** Adds an item; {@link Batch#add} is for steps whose exchange may come from no topic. */
  public synchronized <T> void add(Batch.Sink<T> sink, T item) {
    items.add(new Item(sink, item));
  }

  /** The first item for the sink: a later step may complete what an earlier one has added. */
  public synchronized <T> Optional<T> first(Batch.Sink<T> sink) {
    return contents(sink).findFirst();
  }

  /**
   * Ends the record as dead: nothing that its steps have collected is stored.
   *
   * @return false where it was dead before
   */
  public synchronized boolean die() {
    if (dead) {
      return false;
    }
    dead = true;
    trace.failed();
    items.clear();
    return true;
  }

  synchronized Stream<Batch.Sink<?>> sinks() {
    return List.copyOf(items).stream().map(Item::sink);
  }

  /** Takes the items for the sink out. */
  synchronized <T> List<T> take(Batch.Sink<T> sink) {
    List<T> taken = contents(sink).toList();
    items.removeIf(item -> item.sink() == sink);
    return taken;
  }

  @SuppressWarnings("unchecked") // add() takes a sink with an item of its type
  private <T> Stream<T> contents(Batch.Sink<T> sink) {
    return items.stream().filter(item -> item.sink() == sink).map(item -> (T) item.content());
  }
}
