package org.solarrelay.dryrun;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.solarrelay.event.Event;

/**
 * The result of one stage for a message.
 *
 * @param reason null if there is none
 * @param events the events of a translate route, or the event of an enrich route
 * @param destinations the destinations that fan-out selected
 * @param calls the requests, in their order
 * @param unanswered the requests without a stub
 * @param routes the ids of the routes that the message entered
 * @param vendorId the id of the record at the destination, null if it returned none
 * @param learnedIds the record's ids that a delivery has learned, by name
 * @param body the body at the end of the route, null if it does not matter
 */
record StageResult(
    StageOutcome outcome,
    String reason,
    List<Event> events,
    List<String> destinations,
    List<OutgoingRequest> calls,
    List<OutgoingRequest> unanswered,
    Set<String> routes,
    String vendorId,
    Map<String, String> learnedIds,
    Object body) {

  /** The result of a message that no route has received. */
  static Builder withoutRoute(StageOutcome outcome) {
    return new Builder().outcome(outcome);
  }

  /** Sets what differs from an empty result. */
  static final class Builder {

    private StageOutcome outcome;
    private String reason;
    private List<Event> events = List.of();
    private List<String> destinations = List.of();
    private List<OutgoingRequest> calls = List.of();
    private List<OutgoingRequest> unanswered = List.of();
    private Set<String> routes = Set.of();
    private String vendorId;
    private Map<String, String> learnedIds = Map.of();
    private Object body;

    Builder outcome(StageOutcome outcome) {
      this.outcome = outcome;
      return this;
    }

    Builder reason(String reason) {
      this.reason = reason;
      return this;
    }

    Builder events(List<Event> events) {
      this.events = events;
      return this;
    }

    Builder destinations(List<String> destinations) {
      this.destinations = destinations;
      return this;
    }

    /** Sets the requests that the vendors have received. */
    Builder calls(StubVendors vendors) {
      this.calls = vendors.calls();
      this.unanswered = vendors.unanswered();
      return this;
    }

    Builder routes(Set<String> routes) {
      this.routes = routes;
      return this;
    }

    Builder vendorId(String vendorId) {
      this.vendorId = vendorId;
      return this;
    }

    Builder learnedIds(Map<String, String> learnedIds) {
      this.learnedIds = learnedIds;
      return this;
    }

    Builder body(Object body) {
      this.body = body;
      return this;
    }

    StageResult build() {
      return new StageResult(
          outcome,
          reason,
          events,
          destinations,
          calls,
          unanswered,
          routes,
          vendorId,
          learnedIds,
          body);
    }
  }
}
