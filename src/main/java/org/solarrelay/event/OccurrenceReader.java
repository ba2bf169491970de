package org.solarrelay.event;

import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads from one source's webhooks the time at which the reported change happened. */
public interface OccurrenceReader {

  /** The source in the webhooks' URL, such as {@code enerflo}. */
  String source();

  /** The time in the webhook's body; empty where the body has none, or a date only. */
  Optional<OffsetDateTime> occurredAt(Webhook webhook);
}
