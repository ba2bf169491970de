package org.solarrelay.topic;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.solarrelay.database.BatchSplitter.Rejected;
import org.solarrelay.ops.telemetry.DeadLetterCounter;
import org.solarrelay.topic.client.RecordPublisher;

/**
 * Appends dead letters to {@code solar.dead-letters} and counts them. It is a batch's last sink.
 */
@Singleton
public class DeadLetterSink implements RecordBatch.Sink<DeadLetterSink.Letter> {

  /**
   * A dead letter.
   *
   * @param stage the stage that failed
   */
  public record Letter(String stage, ProducerRecord<byte[], byte[]> record) {}

  private final RecordPublisher log;
  private final DeadLetterCounter counter;

  DeadLetterSink(RecordPublisher log, DeadLetterCounter counter) {
    this.log = log;
    this.counter = counter;
  }

  @Override
  public RecordBatch.Phase phase() {
    return RecordBatch.Phase.DEAD_LETTERS;
  }

  @Override
  public List<Rejected<Letter>> store(List<Letter> items)
      throws ExecutionException, InterruptedException {
    log.append(items.stream().map(Letter::record).toList());
    items.forEach(letter -> counter.beforeFanOut(letter.stage(), 1));
    return List.of();
  }
}
