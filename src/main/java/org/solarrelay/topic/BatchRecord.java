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
 * A Kafka record in a {@link RecordBatch}, with the items that the steps of its exchange have
 * collected. The exchange keeps the record while steps change the body. Copies of the exchange,
 * such as a split's, share the record.
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

  /** Returns the exchange's record; empty where the exchange was not read from a topic. */
  public static Optional<BatchRecord> of(Exchange exchange) {
    return Optional.ofNullable(exchange.getProperty(PROPERTY, BatchRecord.class));
  }

  void attachTo(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
    trace.attachTo(exchange);
    work().attachTo(exchange);
  }

  /** The context of log lines until a step adds the event. */
  LogContext work() {
    return isWebhook()
        ? LogContext.webhook(id(), trace.traceId())
        : LogContext.message(id(), trace.traceId());
  }

  /** The message's id in the database: a webhook's receipt, otherwise the record position. */
  public String id() {
    Header receipt = isWebhook() ? record.headers().lastHeader("relay_receipt") : null;
    String text =
        receipt == null || receipt.value() == null
            ? ""
            : new String(receipt.value(), StandardCharsets.UTF_8);
    // a foreign header may contain characters that PostgreSQL rejects
    return RECEIPT.matcher(text).matches() ? text : RecordPosition.of(record);
  }

  /** Whether the record is a webhook, on {@code solar.inbox}. */
  public boolean isWebhook() {
    return record.topic().equals(Topics.INBOX);
  }

  RecordBatch batch() {
    return batch;
  }

  /** The record as read. A replayed one has the timestamp of its first sending. */
  public ConsumerRecord<byte[], byte[]> record() {
    return record;
  }

  /** {@code translate}, {@code fan-out}, or the id of an engineer's route. */
  public String stage() {
    return stage;
  }

  /** The record's span. */
  public TraceSpan trace() {
    return trace;
  }

  /** Adds an item. A step whose exchange may have no record uses {@link RecordBatch#add}. */
  public synchronized <T> void add(RecordBatch.Sink<T> sink, T item) {
    items.add(new Item(sink, item));
  }

  /** Returns the first item for the sink, which a later step may extend. */
  public synchronized <T> Optional<T> first(RecordBatch.Sink<T> sink) {
    return contents(sink).findFirst();
  }

  /**
   * Ends the record as dead. Its collected items are dropped, and a dead letter is stored. A second
   * call has no effect.
   *
   * @param reason a sentence that contains no value of the record
   */
  public synchronized void dead(String reason) {
    if (!dead) {
      dead = true;
      trace.failed();
      items.clear();
      batch.outcomes().dead(this, reason);
    }
  }

  /** Whether the exchange failed because of its message, not because of an outage. */
  public boolean isMessageFault(Exchange exchange, Exception failure) {
    return batch.outcomes().isMessageFault(exchange, failure);
  }

  /** Ends the record of an exchange that failed because of its message. */
  public void failed(Exchange exchange, Exception failure) {
    batch.outcomes().failed(this, exchange, failure);
  }

  /** Whether no step has collected anything, and the record is neither dead nor ignored. */
  synchronized boolean isEmpty() {
    return items.isEmpty() && !dead && !ignored;
  }

  /** Records that the message, or a part of it, makes no event on purpose. */
  public synchronized void ignored(String reason) {
    ignored = true;
    batch.outcomes().ignored(this, reason);
  }

  synchronized Stream<RecordBatch.Sink<?>> sinks() {
    return List.copyOf(items).stream().map(Item::sink);
  }

  /** Removes and returns the items for the sink. */
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
