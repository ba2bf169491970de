package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The outcome of a delivery, as {@code solar.outcomes} holds it.
 *
 * @param delivery the delivery's id
 * @param key of the event's record in Kafka, null where it has none
 * @param reason null where it was delivered
 * @param vendorId null where the destination returned none
 */
record OutcomeRecord(
    long delivery,
    byte[] key,
    String eventId,
    String destination,
    DeliveryState state,
    String reason,
    String vendorId,
    int attempts,
    OffsetDateTime finishedAt) {

  private static final String TOPIC = "solar.outcomes";

  /** The outcome of an attempt that has finished its delivery. */
  static OutcomeRecord of(CompletedAttempt attempt, OffsetDateTime finishedAt) {
    Delivery delivery = attempt.delivery();
    AttemptResult result = attempt.result();
    return new OutcomeRecord(
        delivery.id(),
        delivery.origin().key(),
        delivery.event().id(),
        delivery.destination(),
        result.state(),
        result.reason(),
        result.vendorId(),
        delivery.attempt(),
        finishedAt);
  }

  ProducerRecord<byte[], byte[]> toProducerRecord(ObjectMapper json)
      throws JsonProcessingException {
    ObjectNode outcome = json.createObjectNode();
    outcome.put("eventId", eventId);
    outcome.put("destination", destination);
    outcome.put("state", state.text());
    outcome.put("reason", reason);
    outcome.put("vendorId", vendorId);
    outcome.put("attempts", attempts);
    outcome.put("at", finishedAt.toString());
    return new ProducerRecord<>(TOPIC, key, json.writeValueAsBytes(outcome));
  }
}
