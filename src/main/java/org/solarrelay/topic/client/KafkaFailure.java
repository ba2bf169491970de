package org.solarrelay.topic.client;

import java.util.Set;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;

/**
 * Classifies why Kafka did not take a record: the record's fault, which no retry changes, or a
 * broker that is away, which a retry outlasts.
 */
final class KafkaFailure {

  private static final Set<Class<?>> OF_THE_RECORD =
      Set.of(
          RecordTooLargeException.class,
          SerializationException.class,
          InvalidTopicException.class,
          InvalidTimestampException.class,
          InvalidRecordException.class,
          UnsupportedForMessageFormatException.class,
          // of the producer's own checks: a partition or a time below zero
          IllegalArgumentException.class,
          NullPointerException.class,
          ClassCastException.class);

  private KafkaFailure() {}

  static boolean isDataError(Throwable failure) {
    return OF_THE_RECORD.stream().anyMatch(type -> type.isInstance(failure));
  }

  /**
   * Whether another record of its batch may be at fault: the broker refuses a whole batch for one
   * record, and the client says so of the rest by a plain exception.
   */
  static boolean maySucceedAlone(Throwable failure) {
    return failure.getClass() == KafkaException.class;
  }

  /** A sentence without anything of the record's content. */
  static String reason(Throwable failure) {
    if (failure instanceof RecordTooLargeException) {
      return "Kafka cannot store it: the record is larger than its topic allows";
    }
    if (failure instanceof InvalidTopicException) {
      return "Kafka cannot store it: the name of its topic is invalid";
    }
    if (failure instanceof InvalidTimestampException) {
      return "Kafka cannot store it: its timestamp is out of range";
    }
    return "Kafka cannot store it: the record is invalid";
  }
}
