package org.solarrelay.topic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.solarrelay.database.BatchSplitter.Rejected;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.ops.telemetry.TraceSpan;

/**
 * The unit of work of {@code topic:}: some records of a poll, and what the steps of their exchanges
 * want stored. Steps only collect. Once every exchange has ended, the consumer stores what they
 * collected, in the order of {@link Phase}, and commits the offsets after that.
 *
 * <p>A {@link Sink} that throws fails the batch, which is then processed again from its first
 * record. An item that a sink rejects fails its own record, which becomes a dead letter.
 */
public final class RecordBatch {

  /** When a sink's turn is. PostgreSQL recognises a repeated row; Kafka stores it once more. */
  public enum Phase {
    DATABASE,
    TOPICS,
    DEAD_LETTERS
  }

  /**
   * Stores items of one kind. A sink is one object for the whole program.
   *
   * @param <T> what it stores
   */
  public interface Sink<T> {
    Phase phase();

    /**
     * Stores the items, in their order. It gets an item again where the batch failed after it.
     *
     * @return the items that can never be stored
     * @throws Exception where PostgreSQL or Kafka is away; the batch is then processed again
     */
    List<Rejected<T>> store(List<T> items) throws Exception;

    /** An item of this record is stored: a sink may now add to the record what follows from it. */
    default void stored(BatchRecord record, T item) {}
  }

  private final List<BatchRecord> records = new ArrayList<>();
  private final RecordOutcomeHandler outcomes;
  private boolean open = true;

  RecordBatch(RecordOutcomeHandler outcomes) {
    this.outcomes = outcomes;
  }

  /**
   * Adds an item to the batch that the exchange belongs to. Where it belongs to none, as a timer's,
   * the item is stored at once.
   *
   * @throws InvalidMessageException where it is stored at once and the sink rejects it
   * @throws Exception where it is stored at once and PostgreSQL or Kafka is away
   */
  public static <T> void add(Exchange exchange, Sink<T> sink, T item) throws Exception {
    Optional<BatchRecord> record = BatchRecord.of(exchange);
    if (record.isPresent() && record.get().batch().addWhileOpen(record.get(), sink, item)) {
      return;
    }
    for (Rejected<T> rejected : sink.store(List.of(item))) {
      throw new InvalidMessageException(rejected.reason());
    }
  }

  RecordOutcomeHandler outcomes() {
    return outcomes;
  }

  /** Begins the part of a record. */
  BatchRecord begin(ConsumerRecord<byte[], byte[]> record, String stage, TraceSpan trace) {
    BatchRecord part = new BatchRecord(this, record, stage, trace);
    records.add(part);
    return part;
  }

  /** False once the batch is being stored: a copy may outlive its exchange, as a wire tap's. */
  private synchronized <T> boolean addWhileOpen(BatchRecord record, Sink<T> sink, T item) {
    if (open) {
      record.add(sink, item);
    }
    return open;
  }

  private synchronized void close() {
    open = false;
  }

  /** Stores what was collected. All of it is durable then, or a dead letter is in its place. */
  void store() throws Exception {
    close();
    for (Optional<Sink<?>> next = next(); next.isPresent(); next = next()) {
      store(next.get());
    }
  }

  private Optional<Sink<?>> next() {
    return records.stream().flatMap(BatchRecord::sinks).min(Comparator.comparing(Sink::phase));
  }

  private <T> void store(Sink<T> sink) throws Exception {
    List<T> items = new ArrayList<>();
    Map<T, BatchRecord> owners = new IdentityHashMap<>();
    for (BatchRecord record : records) {
      for (T item : record.take(sink)) {
        items.add(item);
        owners.put(item, record);
      }
    }
    for (Rejected<T> rejected : sink.store(items)) {
      owners.remove(rejected.item()).dead(rejected.reason());
    }
    for (T item : items) {
      if (owners.containsKey(item)) {
        sink.stored(owners.get(item), item);
      }
    }
  }
}
