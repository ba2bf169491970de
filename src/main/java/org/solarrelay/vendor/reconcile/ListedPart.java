package org.solarrelay.vendor.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.solarrelay.event.EventType;

/**
 * A part of a vendor's record that changes on its own, such as its status, with the event that a
 * webhook would have made of a change.
 *
 * @param name unique in the record, such as {@code status} or {@code milestone 3}
 * @param type the event's type
 * @param data the event's data, normalised
 * @param value what the database stores of the part: a status, or a hash of personal data
 * @param scope the ids in the content scope of the vendor's webhooks about this part
 * @param traits the properties of the part
 */
public record ListedPart(
    String name,
    MissedChange change,
    String type,
    ObjectNode data,
    String value,
    List<String> scope,
    List<Trait> traits) {

  /** A property of a part. */
  public enum Trait {
    /** The vendor itself sets this value for new records, so it is no change. */
    INITIAL,
    /** The event of the creation has the value, too. */
    IN_CREATION,
    /** The relay's writes set the value. */
    WRITTEN,
    /** A status of a lead. */
    LEAD_STATUS,
    /** The event has the lead's status, too, which is a part of its own. */
    WITH_STATUS
  }

  /** Starts a part whose change makes an event of this type. */
  public static Builder of(String name, MissedChange change, EventType type) {
    return new Builder(name, change, type.id());
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** Builds a part. */
  public static final class Builder {
    private final String name;
    private final MissedChange change;
    private final String type;
    private ObjectNode data;
    private String value = "";
    private List<String> scope = List.of();
    private List<Trait> traits = List.of();

    private Builder(String name, MissedChange change, String type) {
      this.name = name;
      this.change = change;
      this.type = type;
    }

    public Builder data(ObjectNode data) {
      this.data = data;
      return this;
    }

    public Builder value(String value) {
      this.value = value;
      return this;
    }

    public Builder scope(String... ids) {
      this.scope = List.of(ids);
      return this;
    }

    public Builder traits(Trait... traits) {
      this.traits = List.of(traits);
      return this;
    }

    public ListedPart build() {
      return new ListedPart(name, change, type, data, value, scope, traits);
    }
  }
}
