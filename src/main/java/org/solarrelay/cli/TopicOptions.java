package org.solarrelay.cli;

import org.apache.kafka.clients.producer.ProducerRecord;
import picocli.CommandLine.Option;

/** Options of a message for Kafka. */
final class TopicOptions {

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description =
          "send to this Kafka topic: solar.leads, solar.projects, solar.enrollments, or one at which a route begins")
  private String topic;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "KAFKA_BOOTSTRAP_SERVERS, by default localhost:9092")
  private String kafka;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "the record's key: the id of the lead or project")
  private String key;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "the type of a CloudEvent to create of the data, such as lead.changed")
  private String type;

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      description = "of that CloudEvent: the source of the record; by default crm")
  private String source;

  @Option(
      names = "--subject",
      paramLabel = "ID",
      description = "of that CloudEvent: the record's id in the source; by default the key")
  private String subject;

  boolean isSet() {
    return topic != null;
  }

  String kafka() {
    return kafka;
  }

  /** Rejects combinations of options that make no sense, and topics that no relay reads. */
  void check(KnownTopics known) {
    if (topic == null && (key != null || type != null || source != null || subject != null)) {
      throw CommandException.cannotRun("--key, --type, --source and --subject need --topic");
    }
    if (topic != null) {
      known.require(topic);
    }
    if (type == null && (source != null || subject != null)) {
      throw CommandException.cannotRun(
          "--source and --subject need --type: they make a CloudEvent");
    }
  }

  /**
   * Creates the record.
   *
   * @param id the CloudEvent's id; null for a new one
   */
  ProducerRecord<byte[], byte[]> record(OutgoingMessage message, String id) {
    if (message.isCloudEvent()) {
      if (type != null || id != null) {
        throw CommandException.cannotRun(
            "The file is a CloudEvent already: leave out --type, --source, --subject and --id");
      }
      return TopicRecords.structured(topic, key, message);
    }
    if (type == null && id != null) {
      throw CommandException.cannotRun("--id needs --type: they make a CloudEvent");
    }
    if (type == null) {
      return TopicRecords.plain(topic, key, message);
    }
    String eventSource = source == null ? "crm" : source;
    String eventSubject = subject == null ? key : subject;
    return TopicRecords.binary(topic, key, message, id, eventSource, type, eventSubject);
  }
}
