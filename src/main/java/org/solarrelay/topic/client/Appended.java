package org.solarrelay.topic.client;

import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * How appending one record ended.
 *
 * @param place where it stands; empty where Kafka cannot take it
 * @param reason why Kafka cannot take it; empty where it did
 */
public record Appended(Optional<RecordMetadata> place, Optional<String> reason) {

  static Appended at(RecordMetadata place) {
    return new Appended(Optional.of(place), Optional.empty());
  }

  static Appended rejected(String reason) {
    return new Appended(Optional.empty(), Optional.of(reason));
  }
}
