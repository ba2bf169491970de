package org.solarrelay.cli;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.solarrelay.event.RecordPosition;

/** Sends a message to Kafka. */
final class TopicSend {

  private static final int TIMEOUT_MILLIS = 6_000;
  private static final int MAX_SIZE = 16 * 1024 * 1024;

  private final String servers;
  private final Map<String, Object> security;

  /**
   * @param security the security settings, by Kafka's names
   */
  TopicSend(String servers, Map<String, Object> security) {
    this.servers = servers;
    this.security = security;
  }

  /**
   * Sends the record and waits for Kafka's acknowledgement.
   *
   * @return the record position
   */
  String send(ProducerRecord<byte[], byte[]> record) {
    Map<String, Object> settings = new HashMap<>(security);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_SIZE);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * TIMEOUT_MILLIS);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      return RecordPosition.of(producer.send(record).get());
    } catch (ExecutionException e) {
      throw sendFailed(e.getCause());
    } catch (KafkaException e) {
      throw sendFailed(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.cannotRun("Interrupted");
    }
  }

  /** The id by which the relay will know the message. */
  static String id(
      ProducerRecord<byte[], byte[]> record, OutgoingMessage message, String position) {
    Header id = record.headers().lastHeader("ce_id");
    if (id != null) {
      return new String(id.value(), StandardCharsets.UTF_8);
    }
    String eventId = message.isCloudEvent() ? message.field("id") : null;
    return eventId == null ? position : eventId;
  }

  private CommandException sendFailed(Throwable cause) {
    return CommandException.cannotRun(
        cause instanceof TimeoutException
            ? "No Kafka responds at %s. Name it with --kafka or KAFKA_BOOTSTRAP_SERVERS."
                .formatted(servers)
            : "Kafka at %s does not accept the message: %s".formatted(servers, cause.getMessage()));
  }
}
