package org.solarrelay.dryrun;

import java.util.List;
import java.util.Set;
import org.solarrelay.event.Event;

/** A {@link StageResult} in the making. */
final class StageResultBuilder {

  private String outcome;
  private String reason;
  private List<Event> events = List.of();
  private List<String> heardBy = List.of();
  private Object left;
  private StageResult.Ended ended = StageResult.Ended.NOTHING;

  void is(String outcome, String reason) {
    this.outcome = outcome;
    this.reason = reason;
  }

  StageResultBuilder events(List<Event> events) {
    this.events = events;
    return this;
  }

  StageResultBuilder heardBy(List<String> destinations) {
    this.heardBy = destinations;
    return this;
  }

  StageResultBuilder ended(StageResult.Ended ended) {
    this.ended = ended;
    return this;
  }

  StageResultBuilder left(Object body) {
    this.left = body;
    return this;
  }

  StageResult stage(StubVendors vendors, Set<String> entered) {
    return new StageResult(
        outcome,
        reason,
        events,
        heardBy,
        vendors.calls(),
        vendors.unanswered(),
        entered,
        ended,
        left);
  }
}
