package org.solarrelay.topic.client;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.Config;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.event.JsonMemory;

/** Creates the Kafka clients of the stages, all with the same security settings. */
@Singleton
public class KafkaClients {

  /** Above the limit of every topic of the relay, so that the topic's own limit applies. */
  private static final int ANY_SIZE = 16 * 1024 * 1024;

  private static final int LEAST_FETCH = 64 * 1024;
  private static final int LARGEST_FETCH = 50 * 1024 * 1024;
  private static final int LARGEST_PARTITION_FETCH = 1024 * 1024;
  private static final int SEARCH_BYTES = 2 * 1024 * 1024;

  private final RelayConfig.Kafka config;
  private final Map<String, Object> security;
  private final int fetchBytes;

  public KafkaClients(RelayConfig config, Config settings, JsonMemory memory) {
    this.fetchBytes = (int) Math.max(LEAST_FETCH, Math.min(memory.batchBytes(), LARGEST_FETCH));
    this.config = config.kafka();
    this.security = KafkaSecuritySettings.of(key -> settings.getOptionalValue(key, String.class));
  }

  public Admin admin() {
    return Admin.create(
        clientSettings(
            Map.of(
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000)));
  }

  Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        clientSettings(
            Map.of(
                ProducerConfig.ACKS_CONFIG, "all",
                // sends at once, because a stage waits for the acknowledgements of its batch
                ProducerConfig.LINGER_MS_CONFIG, 0,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ANY_SIZE,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000)),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /**
   * @param stage follows the configured prefix in the consumer group
   * @param maxRecords the maximum number of records of a poll
   * @param pollInterval longest time between two polls
   */
  public Consumer<byte[], byte[]> consumer(String stage, int maxRecords, Duration pollInterval) {
    return new KafkaConsumer<>(
        clientSettings(
            Map.of(
                // Kafka returns a larger record alone
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                fetchBytes,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                Math.min(fetchBytes, LARGEST_PARTITION_FETCH),
                ConsumerConfig.GROUP_ID_CONFIG,
                config.groupPrefix() + "-" + stage,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                // a new group starts at the beginning; "latest" would skip earlier records
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                maxRecords,
                // after this time another pod takes over a killed pod's partitions
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                10_000,
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                (int) pollInterval.toMillis())),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Creates a consumer without a group and with small buffers, for searches. */
  Consumer<byte[], byte[]> searchConsumer() {
    return new KafkaConsumer<>(
        clientSettings(
            Map.of(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                // a search must not create a topic
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                SEARCH_BYTES,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                SEARCH_BYTES / 4,
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                5_000)),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private Map<String, Object> clientSettings(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(security);
    all.putAll(settings);
    all.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    return all;
  }
}
