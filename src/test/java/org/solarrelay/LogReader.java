package org.solarrelay;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Looks at topics the way any other consumer would. */
public final class LogReader {

  private LogReader() {}

  /** Waits for a record that fits, from the start of the topic. */
  public static ConsumerRecord<String, byte[]> awaitRecord(
      String topic, Predicate<ConsumerRecord<String, byte[]>> fits) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> find(topic, fits), found -> !found.isEmpty())
        .get(0);
  }

  /** All records of a topic, as of now, that fit. */
  public static List<ConsumerRecord<String, byte[]>> find(
      String topic, Predicate<ConsumerRecord<String, byte[]>> fits) {
    return all(topic, new StringDeserializer()).stream().filter(fits).toList();
  }

  /** Every record of a topic, as of now. */
  static <K> List<ConsumerRecord<K, byte[]>> all(String topic, Deserializer<K> keys) {
    Map<String, Object> settings =
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, RelayEnvironment.bootstrapServers());
    List<ConsumerRecord<K, byte[]>> found = new ArrayList<>();
    try (var consumer = new KafkaConsumer<>(settings, keys, new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
    }
    return found;
  }

  /** A header's text, null where the record has none of that name. */
  public static String header(ConsumerRecord<String, byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null
        ? null
        : new String(header.value(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
