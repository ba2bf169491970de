package org.solarrelay.dryrun;

import java.util.List;
import java.util.Set;
import org.solarrelay.event.Event;

/** Builds a {@link StageResult}. */
final class StageResultBuilder {

  private String outcome;
  private String reason;
  private List<Event> events = List.of();
  private List<String> destinations = List.of();
  private Object body;
  private StageResult.Ended ended = StageResult.Ended.NOTHING;

  void outcome(String outcome, String reason) {
    this.outcome = outcome;
    this.reason = reason;
  }

  StageResultBuilder events(List<Event> events) {
    this.events = events;
    return this;
  }

  StageResultBuilder destinations(List<String> destinations) {
    this.destinations = destinations;
    return this;
  }

  StageResultBuilder ended(StageResult.Ended ended) {
    this.ended = ended;
    return this;
  }

  StageResultBuilder body(Object body) {
    this.body = body;
    return this;
  }

  StageResult build(StubVendors vendors, Set<String> routes) {
    return new StageResult(
        outcome,
        reason,
        events,
        destinations,
        vendors.calls(),
        vendors.unanswered(),
        routes,
        ended,
        body);
  }
}
