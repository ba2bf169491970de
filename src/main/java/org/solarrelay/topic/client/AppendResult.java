package org.solarrelay.topic.client;

import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * How appending one record ended.
 *
 * @param place where it stands; empty where Kafka cannot take it
 * @param reason why Kafka cannot take it; empty where it did
 */
public record AppendResult(Optional<RecordMetadata> place, Optional<String> reason) {

  static AppendResult at(RecordMetadata place) {
    return new AppendResult(Optional.of(place), Optional.empty());
  }

  static AppendResult rejected(String reason) {
    return new AppendResult(Optional.empty(), Optional.of(reason));
  }
}
