import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What a topic holds.
 *
 * @param records all of them
 * @param numbers the webhooks found in them
 */
record StoredWebhooks(long records, BitSet numbers) {

  /** Reads the topic from its first record to the one that is its last now. */
  static StoredWebhooks of(String bootstrapServers, String topic) {
    BitSet numbers = new BitSet();
    long records = 0;
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false);
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long all = consumer.endOffsets(partitions).values().stream().mapToLong(end -> end).sum();
      while (records < all) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(10))) {
          numbers.set(Webhooks.number(record.key()));
          records++;
        }
      }
    }
    return new StoredWebhooks(records, numbers);
  }

  /** How many of the accepted webhooks are not there. */
  int lost(BitSet accepted) {
    BitSet lost = (BitSet) accepted.clone();
    lost.andNot(numbers);
    return lost.cardinality();
  }
}
