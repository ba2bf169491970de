package org.solarrelay;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads records of topics like any other consumer. */
public final class TopicRecordReader {

  private static final Map<String, TopicTail> TOPICS = new ConcurrentHashMap<>();

  private TopicRecordReader() {}

  /** Waits for a matching record, from the start of the topic. */
  public static ConsumerRecord<String, byte[]> awaitRecord(
      String topic, Predicate<ConsumerRecord<String, byte[]>> fits) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> find(topic, fits), found -> !found.isEmpty())
        .get(0);
  }

  /** All matching records of a topic so far. */
  public static List<ConsumerRecord<String, byte[]>> find(
      String topic, Predicate<ConsumerRecord<String, byte[]>> fits) {
    return all(topic).stream().map(TopicRecordReader::withTextKey).filter(fits).toList();
  }

  /** All records of a topic so far. */
  static List<ConsumerRecord<byte[], byte[]>> all(String topic) {
    return TOPICS.computeIfAbsent(topic, TopicRecordReader::tail).all();
  }

  private static TopicTail tail(String topic) {
    return new TopicTail(RelayEnvironment.bootstrapServers(), topic);
  }

  private static ConsumerRecord<String, byte[]> withTextKey(ConsumerRecord<byte[], byte[]> record) {
    String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    return new ConsumerRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.timestampType(),
        record.serializedKeySize(),
        record.serializedValueSize(),
        key,
        record.value(),
        record.headers(),
        record.leaderEpoch());
  }

  /** The text of a header; null if there is none. */
  public static String header(ConsumerRecord<String, byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }
}
