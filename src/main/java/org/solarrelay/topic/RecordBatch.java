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
 * The unit of work of {@code topic:}: some records of a poll, and the items to store for them. The
 * steps of a route only collect items. After all exchanges have ended, the consumer stores the
 * items in the order of {@link Phase}, and then commits the offsets.
 *
 * <p>If a {@link Sink} throws, the whole batch is processed again. If a sink rejects an item, only
 * the item's record fails and becomes a dead letter.
 */
public final class RecordBatch {

  /**
   * The order of sinks. PostgreSQL comes first, because its insert is idempotent; Kafka's append is
   * not. Metrics come last, so that a batch that is processed again counts once.
   */
  public enum Phase {
    DATABASE,
    TOPICS,
    DEAD_LETTERS,
    METRICS
  }

  /**
   * Stores items of one kind. A sink is a singleton.
   *
   * @param <T> the type of the items
   */
  public interface Sink<T> {
    Phase phase();

    /**
     * Stores the items in order; receives an item again when the batch fails later.
     *
     * @return the items that can never be stored, with the reason
     * @throws Exception where PostgreSQL or Kafka is unavailable; the batch is then processed again
     */
    List<Rejected<T>> store(List<T> items) throws Exception;

    /** Called after an item was stored. The sink may add further items to the record. */
    default void onStored(BatchRecord record, T item) {}
  }

  private final List<BatchRecord> records = new ArrayList<>();
  private final RecordOutcomeHandler outcomes;
  private boolean open = true;

  RecordBatch(RecordOutcomeHandler outcomes) {
    this.outcomes = outcomes;
  }

  /**
   * Adds an item to the exchange's batch. An exchange without a batch, such as a timer's, stores
   * the item at once.
   *
   * @throws InvalidMessageException where the item is stored at once and the sink rejects it
   * @throws Exception where the item is stored at once and PostgreSQL or Kafka is unavailable
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

  /** Adds a record to the batch. */
  BatchRecord begin(ConsumerRecord<byte[], byte[]> record, String stage, TraceSpan trace) {
    BatchRecord added = new BatchRecord(this, record, stage, trace);
    records.add(added);
    return added;
  }

  /**
   * Adds an item. False when the batch is already being stored, because a copy of the exchange,
   * such as a wire tap's, may outlive the batch.
   */
  private synchronized <T> boolean addWhileOpen(BatchRecord record, Sink<T> sink, T item) {
    if (open) {
      record.add(sink, item);
    }
    return open;
  }

  private synchronized void close() {
    open = false;
  }

  /** Stores all items. Afterwards each is durable or replaced by a dead letter. */
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
        sink.onStored(owners.get(item), item);
      }
    }
  }
}
