package org.solarrelay;

import static java.util.stream.Collectors.groupingBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Reads and writes topics as bytes, for invalid messages. */
public final class RawTopicRecords {

  private static final String MARK = "test-mark";

  private RawTopicRecords() {}

  /** Adds a header with which a test finds the record's dead letter. */
  public static ProducerRecord<byte[], byte[]> marked(ProducerRecord<byte[], byte[]> record) {
    record.headers().add(MARK, UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
    return record;
  }

  public static String mark(ProducerRecord<byte[], byte[]> record) {
    return header(record.headers(), MARK);
  }

  /** Sends all records and returns them by record position, in order. */
  public static Map<String, ProducerRecord<byte[], byte[]>> send(
      List<ProducerRecord<byte[], byte[]>> records) {
    return send(records, "none");
  }

  public static String sendOne(ProducerRecord<byte[], byte[]> record) {
    return send(List.of(record)).keySet().iterator().next();
  }

  public static String sendCompressed(ProducerRecord<byte[], byte[]> record) {
    return send(List.of(record), "gzip").keySet().iterator().next();
  }

  private static Map<String, ProducerRecord<byte[], byte[]>> send(
      List<ProducerRecord<byte[], byte[]>> records, String compression) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            RelayEnvironment.bootstrapServers(),
            "compression.type",
            compression,
            "max.request.size",
            10_000_000,
            "linger.ms",
            5);
    Map<String, ProducerRecord<byte[], byte[]>> places = new LinkedHashMap<>();
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      records.forEach(record -> sent.add(producer.send(record)));
      for (int i = 0; i < sent.size(); i++) {
        places.put(sent.get(i).get().toString().replace('@', '-'), records.get(i));
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return places;
  }

  /** All records of a topic so far. */
  public static List<ConsumerRecord<byte[], byte[]>> all(String topic) {
    return TopicRecordReader.all(topic);
  }

  /** The marked records of a topic, by their mark. */
  public static Map<String, List<ConsumerRecord<byte[], byte[]>>> byMark(String topic) {
    return all(topic).stream()
        .filter(record -> header(record.headers(), MARK) != null)
        .collect(groupingBy(record -> header(record.headers(), MARK)));
  }

  /** The text of a header; null if there is none. */
  public static String header(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
