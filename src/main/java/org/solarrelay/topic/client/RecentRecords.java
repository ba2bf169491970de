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
 * The newest records of a topic, read with a consumer that belongs to no group. It reads no more
 * than {@link RelayConfig.Search} allows.
 */
@Singleton
public class RecentRecords {

  private static final Comparator<ConsumerRecord<byte[], byte[]>> OLDEST_FIRST =
      Comparator.comparingLong(ConsumerRecord::timestamp);

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSE = Duration.ofMillis(500);

  /** How far back each partition is read at most for one record that is wanted. */
  private static final int BACK = 25;

  /** The newest records are read first: how much further back it goes where too few of them fit. */
  private static final int FURTHER = 5;

  private final KafkaClients clients;
  private final RelayConfig config;

  RecentRecords(KafkaClients clients, RelayConfig config) {
    this.clients = clients;
    this.config = config;
  }

  /**
   * The newest records that fit, newest first; fewer where the topic has no more, or where the
   * search has reached its bounds.
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

  /** Goes so many records back from the end of each partition; where reading begins then. */
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
