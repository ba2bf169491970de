package org.solarrelay.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.solarrelay.identity.ExternalId;

/** The outcome of a delivery that did not fail. A failure is an exception. */
public sealed interface Outcome {

  /** Ids of the event's record that the attempt has learned. */
  List<ExternalId> learnedIds();

  /**
   * The destination has the record.
   *
   * @param vendorId the vendor's id of the record; null where it returned none
   * @param writtenState the destination's new state, as data of an event from there; null where it
   *     equals the delivered event
   */
  record Delivered(String vendorId, List<ExternalId> learnedIds, ObjectNode writtenState)
      implements Outcome {

    /** Adds a learned id. */
    public Delivered withId(String name, String id, String from) {
      return new Delivered(
          vendorId, with(learnedIds, new ExternalId(name, id, from)), writtenState);
    }

    public Delivered withState(ObjectNode writtenState) {
      return new Delivered(vendorId, learnedIds, writtenState);
    }
  }

  /** The destination needed no call. */
  record Skipped(String reason, List<ExternalId> learnedIds) implements Outcome {

    /** Adds a learned id. */
    public Skipped withId(String name, String id, String from) {
      return new Skipped(reason, with(learnedIds, new ExternalId(name, id, from)));
    }
  }

  /**
   * The delivery waits for an operator's approval. Then the route receives the same event again.
   */
  record Held(String reason) implements Outcome {

    @Override
    public List<ExternalId> learnedIds() {
      return List.of();
    }
  }

  /** Delivered; the destination returned no id. */
  static Delivered delivered() {
    return delivered(null);
  }

  static Delivered delivered(String vendorId) {
    return new Delivered(vendorId, List.of(), null);
  }

  static Skipped skipped(String reason) {
    return new Skipped(reason, List.of());
  }

  static Held held(String reason) {
    return new Held(reason);
  }

  private static List<ExternalId> with(List<ExternalId> learnedIds, ExternalId another) {
    List<ExternalId> all = new ArrayList<>(learnedIds);
    all.add(another);
    return List.copyOf(all);
  }
}
