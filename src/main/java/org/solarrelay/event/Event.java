package org.solarrelay.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;

/**
 * One thing that happened to one record of one system: a CloudEvent 1.0 with JSON data.
 *
 * @param id unique within {@code source}
 * @param source the system it comes from: enerflo, solarproof, flip, crm, web or a producer's own
 * @param type one of {@link EventType}'s names, such as {@code lead.submitted}, or of {@link
 *     AddedTypes}
 * @param subject the record's id in {@code source}
 * @param time when it happened or, for a webhook, when the relay received it
 * @param receipt the receipt the webhook's sender was given, null where no webhook was involved
 * @param derivedId true where {@code id} was computed from the webhook's content, so that the same
 *     id more than 24 h later is another event
 * @param data the event's data; fields the vocabulary does not know are carried along
 */
public record Event(
    String id,
    String source,
    String type,
    String subject,
    OffsetDateTime time,
    String receipt,
    boolean derivedId,
    ObjectNode data) {

  /** The same event with other data. */
  public Event withData(ObjectNode other) {
    return new Event(id, source, type, subject, time, receipt, derivedId, other);
  }

  /** The record the event is about, across sources: {@code source:subject}. */
  public String record() {
    return source + ":" + subject;
  }
}
