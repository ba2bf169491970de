package org.solarrelay.topic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.solarrelay.event.RecordPosition;
import org.solarrelay.ops.telemetry.LogContext;
import org.solarrelay.ops.telemetry.TraceSpan;
import org.solarrelay.topic.client.Topics;

/**
 * A record of a {@link RecordBatch}: what its exchange was made of, whatever became of the body,
 * and what the exchange's steps have collected. Copies of the exchange, as a split makes them,
 * belong to the same record.
 */
public final class BatchRecord {

  private static final String PROPERTY = "relay.batchRecord";

  private static final Pattern RECEIPT = Pattern.compile("[\\w.:-]{1,100}");

  private record Item(RecordBatch.Sink<?> sink, Object content) {}

  private final RecordBatch batch;
  private final ConsumerRecord<byte[], byte[]> record;
  private final String stage;
  private final TraceSpan trace;
  private final List<Item> items = new ArrayList<>();
  private boolean dead;
  private boolean ignored;

  BatchRecord(
      RecordBatch batch, ConsumerRecord<byte[], byte[]> record, String stage, TraceSpan trace) {
    this.batch = batch;
    this.record = record;
    this.stage = stage;
    this.trace = trace;
    trace.with("relay.place", RecordPosition.of(record));
    if (isWebhook()) {
      trace.with("relay.receipt", id());
    }
  }

  /** The record that the exchange is made of; empty where it comes from no topic. */
  public static Optional<BatchRecord> of(Exchange exchange) {
    return Optional.ofNullable(exchange.getProperty(PROPERTY, BatchRecord.class));
  }

  void carriedBy(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
    trace.carriedBy(exchange);
    work().carriedBy(exchange);
  }

  /** What lines of log say until a step knows more. */
  LogContext work() {
    return isWebhook()
        ? LogContext.webhook(id(), trace.id())
        : new LogContext(null, id(), null, trace.id());
  }

  /** What the ledger calls it: a webhook's receipt, else the record's position. */
  public String id() {
    Header receipt = isWebhook() ? record.headers().lastHeader("relay_receipt") : null;
    String text =
        receipt == null || receipt.value() == null
            ? ""
            : new String(receipt.value(), StandardCharsets.UTF_8);
    // a stranger's header may hold what the ledger cannot
    return RECEIPT.matcher(text).matches() ? text : RecordPosition.of(record);
  }

  /** Whether it is a webhook as intake accepted it. */
  public boolean isWebhook() {
    return record.topic().equals(Topics.INBOX);
  }

  RecordBatch batch() {
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
  public TraceSpan trace() {
    return trace;
  }

  /** Adds an item; {@link RecordBatch#add} is for steps whose exchange may come from no topic. */
  public synchronized <T> void add(RecordBatch.Sink<T> sink, T item) {
    items.add(new Item(sink, item));
  }

  /** The first item for the sink: a later step may complete what an earlier one has added. */
  public synchronized <T> Optional<T> first(RecordBatch.Sink<T> sink) {
    return contents(sink).findFirst();
  }

  /**
   * Ends the record as dead: nothing that its steps have collected is stored, a dead letter is. A
   * record that is dead already keeps its first reason.
   *
   * @param reason a sentence without any of the record's values
   */
  public synchronized void dead(String reason) {
    if (!dead) {
      dead = true;
      trace.failed();
      items.clear();
      batch.outcomes().dead(this, reason);
    }
  }

  /** Whether its exchange failed because of the message: not because something is away. */
  public boolean isAtFault(Exchange exchange, Exception failure) {
    return batch.outcomes().isOfTheMessage(exchange, failure);
  }

  /** Ends the record: its exchange failed because of the message. */
  public void failed(Exchange exchange, Exception failure) {
    batch.outcomes().failed(this, exchange, failure);
  }

  /** Whether no step has collected anything, and the record is neither dead nor ignored. */
  synchronized boolean isEmpty() {
    return items.isEmpty() && !dead && !ignored;
  }

  /** The record, or a part of it, makes no event on purpose. */
  public synchronized void ignored(String reason) {
    ignored = true;
    batch.outcomes().ignored(this, reason);
  }

  synchronized Stream<RecordBatch.Sink<?>> sinks() {
    return List.copyOf(items).stream().map(Item::sink);
  }

  /** Takes the items for the sink out. */
  synchronized <T> List<T> take(RecordBatch.Sink<T> sink) {
    List<T> taken = contents(sink).toList();
    items.removeIf(item -> item.sink() == sink);
    return taken;
  }

  @SuppressWarnings("unchecked") // add() takes a sink with an item of its type
  private <T> Stream<T> contents(RecordBatch.Sink<T> sink) {
    return items.stream().filter(item -> item.sink() == sink).map(item -> (T) item.content());
  }
}
