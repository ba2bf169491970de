package org.solarrelay.topic;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.solarrelay.ops.telemetry.TraceSpan;

/**
 * A record as {@code topic:} hands it to its route, without Kafka: a test enters the route with it
 * and looks afterwards at what became of it.
 */
public final class BatchOfOne {

  private final BatchRecord record;

  /**
   * @param outcomes what counts as the message's fault
   */
  public BatchOfOne(
      RecordOutcomeHandler outcomes, String topic, String value, Map<String, String> headers) {
    ConsumerRecord<byte[], byte[]> read =
        new ConsumerRecord<>(topic, 0, 7, bytes("key"), bytes(value));
    headers.forEach((name, text) -> read.headers().add(name, bytes(text)));
    this.record = new RecordBatch(outcomes).begin(read, "test", TraceSpan.NONE);
  }

  /** Makes an exchange that of the record. */
  public void enter(Exchange exchange) {
    record.attachTo(exchange);
    exchange.getMessage().setBody(record.record().value());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
