package org.solarrelay.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.solarrelay.event.normal.EventNormalizer;
import org.solarrelay.event.normal.IdNormalizer;
import org.solarrelay.event.normal.Normalization;

/**
 * One thing that happened to one record of one system: a CloudEvent 1.0 with JSON data.
 *
 * @param id unique within {@code source}
 * @param source the system it comes from: enerflo, solarproof, flip, crm, web or a producer's own
 * @param type one of {@link EventType}'s names, such as {@code lead.submitted}, or of {@link
 *     CustomEventTypes}
 * @param subject the record's id in {@code source}
 * @param time when it happened or, for a webhook, when the relay received it
 * @param receipt the webhook's receipt, or the position of the record that a route made the event
 *     of; null if a producer sent the event
 * @param derivedId true if the webhook is no CloudEvent: {@code id} is made of the sender's
 *     explicit id, which is remembered for 24 h, or of {@code contentKey} and receipt
 * @param contentKey identifies duplicates of a webhook without an explicit id; null if the sender
 *     gave an id
 * @param data the event's data, normalised; unknown fields are kept
 * @param notes what normalisation left out of the data or chose from several values, for people
 * @param causation the event that this event is derived from; null if a system sent it
 */
public record Event(
    String id,
    String source,
    String type,
    String subject,
    OffsetDateTime time,
    String receipt,
    boolean derivedId,
    ContentKey contentKey,
    ObjectNode data,
    List<String> notes,
    Causation causation) {

  /** The source of derived events. */
  public static final String DERIVED_SOURCE = "relay";

  /** An event that a system sent. */
  public Event(
      String id,
      String source,
      String type,
      String subject,
      OffsetDateTime time,
      String receipt,
      boolean derivedId,
      ContentKey contentKey,
      ObjectNode data,
      List<String> notes) {
    this(id, source, type, subject, time, receipt, derivedId, contentKey, data, notes, null);
  }

  /** An event without notes whose sender gave it an id. */
  public Event(
      String id,
      String source,
      String type,
      String subject,
      OffsetDateTime time,
      String receipt,
      boolean derivedId,
      ObjectNode data) {
    this(id, source, type, subject, time, receipt, derivedId, null, data, List.of());
  }

  /** The same event with other data. */
  public Event withData(ObjectNode other) {
    return new Event(
        id, source, type, subject, time, receipt, derivedId, contentKey, other, notes, causation);
  }

  /** The same event with more notes. */
  Event withNotes(List<String> more) {
    List<String> all = Stream.concat(notes.stream(), more.stream()).distinct().toList();
    return new Event(
        id, source, type, subject, time, receipt, derivedId, contentKey, data, all, causation);
  }

  /** The same event under another id. */
  public Event withId(String other) {
    return new Event(
        other, source, type, subject, time, receipt, derivedId, contentKey, data, notes, causation);
  }

  /** The same event, made from the webhook with that receipt. */
  public Event ofWebhook(String itsReceipt, boolean idIsDerived) {
    return new Event(
        id, source, type, subject, time, itsReceipt, idIsDerived, null, data, notes, causation);
  }

  /** The same event, made from the message at that record position, which is its receipt. */
  public Event ofMessage(String position) {
    return new Event(
        id, source, type, subject, time, position, derivedId, contentKey, data, notes, causation);
  }

  /** The same event with that key, by which a duplicate is recognised. */
  Event withContentKey(ContentKey key) {
    return new Event(
        id, source, type, subject, time, receipt, derivedId, key, data, notes, causation);
  }

  /** The same event with data from a vendor's response in it, normalised. */
  public Event enriched(ObjectNode enriched) {
    return withData(enriched).normalized();
  }

  /** The same event with normalised values, and with the notes of the normalisation. */
  public Event normalized() {
    Normalization normal = EventNormalizer.normalize(type, source, data);
    return new Event(
            id,
            source,
            type,
            IdNormalizer.normalize(subject).orElse(subject),
            time,
            receipt,
            derivedId,
            contentKey,
            normal.data(),
            notes,
            causation)
        .withNotes(normal.notes());
  }

  /**
   * The event that fan-out derives from this one. Its source is {@link #DERIVED_SOURCE}. Its id is
   * made of both ids, so that a repetition has the same id.
   *
   * @param child the derived event; its id is unique among the events derived from this one
   * @param storedId this event's id in the database
   */
  public Event derive(Event child, String storedId) {
    return new Event(
        EventId.of(source, storedId, child.id),
        DERIVED_SOURCE,
        child.type,
        child.subject,
        child.time,
        receipt,
        false,
        null,
        child.data,
        child.notes,
        Causation.by(this, storedId));
  }

  /** The number of events in the chain before this event; 0 if a system sent it. */
  public int generation() {
    return causation == null ? 0 : causation.generation();
  }

  /** Whether the event is derived from another event and about the same record. */
  public boolean isAboutRecordOfCause() {
    return causation != null && subject.indexOf(':') > 0;
  }

  /**
   * The record the event is about, across sources: {@code source:subject}. The subject of a derived
   * event is the record of the event that it is derived from, unless its route names another.
   */
  public String record() {
    return isAboutRecordOfCause() ? subject : source + ":" + subject;
  }
}
