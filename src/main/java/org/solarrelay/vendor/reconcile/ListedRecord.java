package org.solarrelay.vendor.reconcile;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A record in a vendor's list.
 *
 * @param id the record's id in the list
 * @param subject the subject of its events
 * @param times when it was created and changed
 * @param creation the part with the event of the creation
 * @param parts the parts that may change, in the order of their events
 */
public record ListedRecord(
    String id, String subject, Times times, ListedPart creation, List<ListedPart> parts) {

  /**
   * When a record was created and last changed.
   *
   * @param created null where the list has no such time
   * @param changed null where the list has no such time
   */
  public record Times(OffsetDateTime created, OffsetDateTime changed) {

    /** The times of a list without times of changes. */
    public static Times ofCreation(OffsetDateTime created) {
      return new Times(created, null);
    }
  }

  /** What the database stores of the record, by part. */
  Map<String, String> state() {
    Map<String, String> state = new TreeMap<>();
    parts.forEach(part -> state.put(part.name(), part.value()));
    return state;
  }

  /** Whether the record was created or changed after this time; true where the list has no time. */
  boolean changedSince(OffsetDateTime time) {
    Optional<OffsetDateTime> changed = Optional.ofNullable(times.changed()).or(this::created);
    return changed.isEmpty() || !changed.get().isBefore(time);
  }

  Optional<OffsetDateTime> created() {
    return Optional.ofNullable(times.created());
  }
}
