package org.solarrelay.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.solarrelay.identity.ExternalId;

/** How a delivery ended well; a failure is an exception. */
public sealed interface Outcome {

  /** The ids of the event's record that were learnt on the way. */
  List<ExternalId> learnt();

  /**
   * The destination has it.
   *
   * @param vendorId the id the destination gave the record, null where it gave none
   * @param wrote the state the destination now has, in the words of an event from there; null where
   *     it is what the delivered event says
   */
  record Delivered(String vendorId, List<ExternalId> learnt, ObjectNode wrote) implements Outcome {

    /** The same, having learnt an id in addition. */
    public Delivered knownAs(String name, String id, String from) {
      return new Delivered(vendorId, with(learnt, new ExternalId(name, id, from)), wrote);
    }

    public Delivered having(ObjectNode wrote) {
      return new Delivered(vendorId, learnt, wrote);
    }
  }

  /** There was nothing to do there. */
  record Skipped(String reason, List<ExternalId> learnt) implements Outcome {

    /** The same, having learnt an id in addition. */
    public Skipped knownAs(String name, String id, String from) {
      return new Skipped(reason, with(learnt, new ExternalId(name, id, from)));
    }
  }

  /** Nothing is done before an operator approves. The same event comes again once one has. */
  record Held(String reason) implements Outcome {

    @Override
    public List<ExternalId> learnt() {
      return List.of();
    }
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

  private static List<ExternalId> with(List<ExternalId> learnt, ExternalId another) {
    List<ExternalId> all = new ArrayList<>(learnt);
    all.add(another);
    return List.copyOf(all);
  }
}
