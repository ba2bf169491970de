package org.solarrelay.delivery.queue;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.solarrelay.ops.telemetry.RelayTracer;
import org.solarrelay.topic.AcceptedTime;

/**
 * When the relay accepted a delivery's event, and the trace that the delivery continues.
 *
 * @param accepted when Kafka had the message
 * @param trace W3C's {@code traceparent} of the step that queued the delivery, null without one
 * @param key of the event's record in Kafka, null where it has none
 */
public record DeliveryOrigin(Instant accepted, String trace, byte[] key) {

  /** The origin of an event that was never on a topic. */
  public static DeliveryOrigin now() {
    return new DeliveryOrigin(Instant.now(), null, null);
  }

  static DeliveryOrigin of(ConsumerRecord<byte[], byte[]> record) {
    return new DeliveryOrigin(
        AcceptedTime.at(record), RelayTracer.traceparent(record.headers()), record.key());
  }
}
