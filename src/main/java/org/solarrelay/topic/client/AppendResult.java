package org.solarrelay.topic.client;

import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * The result of appending one record.
 *
 * @param place the record's position; empty where Kafka rejects the record
 * @param reason why Kafka rejects the record; empty where it was appended
 */
public record AppendResult(Optional<RecordMetadata> place, Optional<String> reason) {

  static AppendResult at(RecordMetadata place) {
    return new AppendResult(Optional.of(place), Optional.empty());
  }

  static AppendResult rejected(String reason) {
    return new AppendResult(Optional.empty(), Optional.of(reason));
  }
}
