package org.solarrelay.delivery.queue;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.solarrelay.ops.telemetry.RelayTracer;
import org.solarrelay.topic.AcceptedTime;

/**
 * Where a delivery's event began.
 *
 * @param accepted when the relay took responsibility for it
 * @param trace W3C's {@code traceparent} of the step that queued it, null where there is none
 */
public record DeliveryOrigin(Instant accepted, String trace) {

  /** Of what never was on a topic. */
  public static DeliveryOrigin now() {
    return new DeliveryOrigin(Instant.now(), null);
  }

  static DeliveryOrigin of(ConsumerRecord<byte[], byte[]> record) {
    return new DeliveryOrigin(AcceptedTime.at(record), RelayTracer.parent(record.headers()));
  }
}
