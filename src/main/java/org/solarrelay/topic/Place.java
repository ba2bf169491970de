package org.solarrelay.topic;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a record stands in the log. */
final class Place {

  private Place() {}

  /** {@code topic-partition-offset}, which is also the id of an event that came as bare JSON. */
  static String of(ConsumerRecord<?, ?> record) {
    return record.topic() + "-" + record.partition() + "-" + record.offset();
  }
}
