package org.solarrelay.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.solarrelay.event.normal.EventNormalizer;
import org.solarrelay.event.normal.IdNormalizer;
import org.solarrelay.event.normal.Normalization;

/**
 * One thing that happened to one record of one system: a CloudEvent 1.0 with JSON data.
 *
 * @param id unique within {@code source}
 * @param source the system that the event comes from: enerflo, solarproof, flip, crm, web or a
 *     producer's own
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
 * @param reconciled true if no webhook reported it: reconciliation found it in the vendor's list
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
    Causation causation,
    boolean reconciled) {

  /** The source of derived events. */
  public static final String DERIVED_SOURCE = "relay";

  /** Computed from the key only: Camel's cache of beans hashes an event at each step. */
  @Override
  public int hashCode() {
    return 31 * Objects.hashCode(id) + Objects.hashCode(source);
  }

  /** Starts an event. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts an event that has all values of this one. */
  public Builder toBuilder() {
    return new Builder()
        .id(id)
        .source(source)
        .type(type)
        .subject(subject)
        .time(time)
        .receipt(receipt)
        .derivedId(derivedId)
        .contentKey(contentKey)
        .data(data)
        .notes(notes)
        .causation(causation)
        .reconciled(reconciled);
  }

  /** The same event with other data. */
  public Event withData(ObjectNode other) {
    return toBuilder().data(other).build();
  }

  /** The same event with more notes. */
  Event withNotes(List<String> more) {
    List<String> all = Stream.concat(notes.stream(), more.stream()).distinct().toList();
    return toBuilder().notes(all).build();
  }

  /** The same event under another id. */
  public Event withId(String other) {
    return toBuilder().id(other).build();
  }

  /** The same event, made from the webhook with that receipt. */
  public Event ofWebhook(String webhookReceipt, boolean idIsDerived) {
    return toBuilder().receipt(webhookReceipt).derivedId(idIsDerived).withoutContentKey().build();
  }

  /** The same event, made from the message at that record position, which is its receipt. */
  public Event ofMessage(String position) {
    return toBuilder().receipt(position).build();
  }

  /** The same event with that key, by which a duplicate is recognised. */
  Event withContentKey(ContentKey key) {
    return toBuilder().contentKey(key).build();
  }

  /** The same event with data from a vendor's response in it, normalised. */
  public Event enriched(ObjectNode enriched) {
    return withData(enriched).normalized();
  }

  /** The same event with normalised values, and with the notes of the normalisation. */
  public Event normalized() {
    Normalization normal = EventNormalizer.normalize(type, source, data);
    return toBuilder()
        .subject(IdNormalizer.normalize(subject).orElse(subject))
        .data(normal.data())
        .build()
        .withNotes(normal.notes());
  }

  /**
   * The event that fan-out derives from this one. Its source is {@link #DERIVED_SOURCE}. Its id is
   * made of both ids, so that the same event, derived again, has the same id.
   *
   * @param child the derived event; its id is unique among the events derived from this one
   * @param storedId this event's id in the database
   */
  public Event derive(Event child, String storedId) {
    return new Builder()
        .id(EventId.of(source, storedId, child.id))
        .source(DERIVED_SOURCE)
        .type(child.type)
        .subject(child.subject)
        .time(child.time)
        .receipt(receipt)
        .data(child.data)
        .notes(child.notes)
        .causation(Causation.by(this, storedId))
        .build();
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

  /**
   * Builds an event. Without further calls the event has no receipt, no content key, no notes and
   * no causation, and its sender gave it the id.
   */
  public static final class Builder {

    private String id;
    private String source;
    private String type;
    private String subject;
    private OffsetDateTime time;
    private String receipt;
    private boolean derivedId;
    private ContentKey contentKey;
    private ObjectNode data;
    private List<String> notes = List.of();
    private Causation causation;
    private boolean reconciled;

    private Builder() {}

    public Builder id(String id) {
      this.id = id;
      return this;
    }

    public Builder source(String source) {
      this.source = source;
      return this;
    }

    public Builder type(String type) {
      this.type = type;
      return this;
    }

    public Builder subject(String subject) {
      this.subject = subject;
      return this;
    }

    public Builder time(OffsetDateTime time) {
      this.time = time;
      return this;
    }

    public Builder receipt(String receipt) {
      this.receipt = receipt;
      return this;
    }

    public Builder derivedId(boolean derivedId) {
      this.derivedId = derivedId;
      return this;
    }

    public Builder contentKey(ContentKey contentKey) {
      this.contentKey = contentKey;
      return this;
    }

    public Builder withoutContentKey() {
      this.contentKey = null;
      return this;
    }

    public Builder data(ObjectNode data) {
      this.data = data;
      return this;
    }

    public Builder notes(List<String> notes) {
      this.notes = notes;
      return this;
    }

    public Builder causation(Causation causation) {
      this.causation = causation;
      return this;
    }

    public Builder reconciled(boolean reconciled) {
      this.reconciled = reconciled;
      return this;
    }

    public Event build() {
      return new Event(
          id,
          source,
          type,
          subject,
          time,
          receipt,
          derivedId,
          contentKey,
          data,
          notes,
          causation,
          reconciled);
    }
  }
}
