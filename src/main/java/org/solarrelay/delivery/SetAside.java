package org.solarrelay.delivery;

import java.time.Instant;

/**
 * A message that became no event, for the ledger to tell of.
 *
 * @param id the webhook's receipt, or topic-partition-offset
 * @param stage translate or fan-out
 * @param state skipped (ignored on purpose) or dead
 */
public record SetAside(
    String id, String stage, String source, String state, String reason, Instant at) {}
