package org.solarrelay.faults;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.solarrelay.TopicTail;

/** Topics as bytes. */
final class Topic {

  private final String bootstrapServers;
  private final Map<String, TopicTail> tails = new ConcurrentHashMap<>();

  Topic(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Sends one after the other. @return each one's {@code topic-partition-offset}, in order */
  List<String> send(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    List<String> places = new ArrayList<>();
    Map<String, Object> connection = Map.of("bootstrap.servers", bootstrapServers);
    try (var producer =
        new KafkaProducer<>(connection, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (ProducerRecord<byte[], byte[]> record : records) {
        RecordMetadata sent = producer.send(record).get();
        places.add("%s-%d-%d".formatted(sent.topic(), sent.partition(), sent.offset()));
      }
    }
    return places;
  }

  /** Every record of a topic as of now. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    return tails.computeIfAbsent(topic, name -> new TopicTail(bootstrapServers, name)).all();
  }

  /** A header's text, empty where there is none. */
  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
