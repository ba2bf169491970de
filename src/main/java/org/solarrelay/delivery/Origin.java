package org.solarrelay.delivery;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.solarrelay.topic.Accepted;

/**
 * Where a delivery's event began.
 *
 * @param accepted when the relay took responsibility for it
 */
record Origin(Instant accepted) {

  /** Of what never was on a topic. */
  static Origin now() {
    return new Origin(Instant.now());
  }

  static Origin of(ConsumerRecord<byte[], byte[]> record) {
    return new Origin(Accepted.at(record));
  }
}
