package org.solarrelay.delivery.queue;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A message that became no event, for the ledger to tell of.
 *
 * @param id the webhook's receipt, or topic-partition-offset
 * @param stage translate, fan-out or the id of a route that begins at a topic
 * @param state skipped (ignored on purpose) or dead
 * @param original the message as it was read; kept where it is dead, so that it can be sent again
 */
public record DiscardedMessage(
    String id,
    String stage,
    String source,
    MessageState state,
    String reason,
    Instant at,
    ConsumerRecord<byte[], byte[]> original) {

  /** The same story in the relay's words alone, where the ledger cannot store the message's. */
  DiscardedMessage withoutOriginal(String unstorable) {
    return new DiscardedMessage(id, stage, null, state, unstorable, Instant.now(), null);
  }
}
