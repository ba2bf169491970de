package org.solarrelay.delivery.queue;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A message that became no event.
 *
 * @param id the webhook's receipt, or topic-partition-offset
 * @param stage translate, fan-out or the id of a route that begins at a topic
 * @param state skipped (ignored on purpose) or dead
 * @param original the message as it was read; a dead one is stored, so that operators can replay it
 */
public record DiscardedMessage(
    String id,
    String stage,
    String source,
    MessageState state,
    String reason,
    Instant at,
    Optional<ConsumerRecord<byte[], byte[]>> original) {

  /** The same message without its own text, which the ledger cannot store. */
  DiscardedMessage withoutOriginal(String storableReason) {
    return new DiscardedMessage(
        id, stage, null, state, storableReason, Instant.now(), Optional.empty());
  }
}
