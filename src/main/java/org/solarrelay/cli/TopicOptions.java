package org.solarrelay.cli;

import org.apache.kafka.clients.producer.ProducerRecord;
import picocli.CommandLine.Option;

/** Options of a message for Kafka. */
final class TopicOptions {

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description =
          "send to Kafka instead: solar.leads, solar.projects, solar.enrollments, or a topic that a route begins at")
  private String topic;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "KAFKA_BOOTSTRAP_SERVERS, by default localhost:9092")
  private String kafka;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "the record's key: which lead or project it is about")
  private String key;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "makes a CloudEvent of the data, such as lead.changed")
  private String type;

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      description = "of that CloudEvent: whose record it is; by default crm")
  private String source;

  @Option(
      names = "--subject",
      paramLabel = "ID",
      description = "of that CloudEvent: the record's id there; by default the key")
  private String subject;

  boolean given() {
    return topic != null;
  }

  String kafka() {
    return kafka;
  }

  /** Refuses options that do not fit together, and a topic that no relay reads. */
  void check(KnownTopics known) {
    if (topic == null && (key != null || type != null || source != null || subject != null)) {
      throw CommandException.unusable("--key, --type, --source and --subject go with --topic");
    }
    if (topic != null) {
      known.require(topic);
    }
    if (type == null && (source != null || subject != null)) {
      throw CommandException.unusable("--source and --subject need --type: they make a CloudEvent");
    }
  }

  /**
   * The record.
   *
   * @param id the CloudEvent's; null for one of its own
   */
  ProducerRecord<byte[], byte[]> record(OutgoingMessage message, String id) {
    if (message.isCloudEvent()) {
      if (type != null || id != null) {
        throw CommandException.unusable(
            "It is a CloudEvent already: leave out --type, --source, --subject and --id");
      }
      return TopicRecords.whole(topic, key, message);
    }
    if (type == null && id != null) {
      throw CommandException.unusable("--id needs --type: they make a CloudEvent");
    }
    if (type == null) {
      return TopicRecords.bare(topic, key, message);
    }
    String of = source == null ? "crm" : source;
    String about = subject == null ? key : subject;
    return TopicRecords.event(topic, key, message, id, of, type, about);
  }
}
