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
 * Classifies why an append failed: because of the record, so that no retry can succeed, or because
 * the broker is unavailable.
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
          // thrown by the producer's own checks, such as for a negative partition or timestamp
          IllegalArgumentException.class,
          NullPointerException.class,
          ClassCastException.class);

  private KafkaFailure() {}

  static boolean isDataError(Throwable failure) {
    return OF_THE_RECORD.stream().anyMatch(type -> type.isInstance(failure));
  }

  /**
   * Whether the fault may be another record's. The broker rejects a whole batch for one record, and
   * the client reports a plain {@link KafkaException} for the others.
   */
  static boolean maySucceedAlone(Throwable failure) {
    return failure.getClass() == KafkaException.class;
  }

  /** Returns the reason as a sentence that contains nothing of the record. */
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
