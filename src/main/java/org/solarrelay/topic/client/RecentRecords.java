package org.solarrelay.topic.client;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.solarrelay.config.RelayConfig;

/**
 * Reads the newest records of a topic, with a consumer without a group and within the limits of
 * {@link RelayConfig.Search}.
 */
@Singleton
public class RecentRecords {

  private static final Comparator<ConsumerRecord<byte[], byte[]>> OLDEST_FIRST =
      Comparator.comparingLong(ConsumerRecord::timestamp);

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSE = Duration.ofMillis(500);

  /**
   * The maximum number of records to read back in each partition, as a multiple of the wanted
   * number.
   */
  private static final int BACK = 25;

  /** Each further step back reads this many times as many records. */
  private static final int FURTHER = 5;

  private final KafkaClients clients;
  private final RelayConfig config;

  RecentRecords(KafkaClients clients, RelayConfig config) {
    this.clients = clients;
    this.config = config;
  }

  /**
   * Returns the newest records that match, newest first. Fewer where the topic has no more, or the
   * search has reached its limits.
   *
   * @throws org.apache.kafka.common.KafkaException where Kafka does not respond
   */
  public List<ConsumerRecord<byte[], byte[]>> newest(
      String topic, int count, Predicate<ConsumerRecord<byte[], byte[]>> which) {
    PriorityQueue<ConsumerRecord<byte[], byte[]>> newest = new PriorityQueue<>(OLDEST_FIRST);
    Consumer<byte[], byte[]> consumer = clients.searchConsumer();
    try {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<TopicPartition, Long> read = ends;
      long deadline = System.nanoTime() + config.search().longest().toNanos();
      long bytes = 0;
      for (long back = count; back <= (long) count * BACK; back *= FURTHER) {
        Map<TopicPartition, Long> begins = seek(consumer, starts, ends, back);
        while (!isRead(consumer, read)
            && System.nanoTime() < deadline
            && bytes < config.search().maxBytes().asLongValue()) {
          for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            bytes += Math.max(record.serializedValueSize(), 0);
            long until = read.get(new TopicPartition(record.topic(), record.partition()));
            if (record.offset() < until && which.test(record)) {
              newest.add(record);
            }
            if (newest.size() > count) {
              newest.remove();
            }
          }
        }
        if (newest.size() == count || begins.equals(starts)) {
          break;
        }
        read = begins;
      }
    } finally {
      consumer.close(CloseOptions.timeout(CLOSE));
    }
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>(newest);
    found.sort(OLDEST_FIRST.reversed());
    return found;
  }

  private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (PartitionInfo partition : consumer.partitionsFor(topic)) {
      partitions.add(new TopicPartition(topic, partition.partition()));
    }
    return partitions;
  }

  /** Seeks each partition to {@code back} records before its end; returns the new positions. */
  private static Map<TopicPartition, Long> seek(
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> starts,
      Map<TopicPartition, Long> ends,
      long back) {
    Map<TopicPartition, Long> begins = new HashMap<>();
    ends.forEach(
        (partition, end) -> begins.put(partition, Math.max(starts.get(partition), end - back)));
    begins.forEach(consumer::seek);
    return begins;
  }

  private static boolean isRead(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    Collection<TopicPartition> partitions = ends.keySet();
    return partitions.stream()
        .allMatch(partition -> consumer.position(partition, POLL) >= ends.get(partition));
  }
}
