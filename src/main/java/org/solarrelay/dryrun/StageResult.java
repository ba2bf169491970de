package org.solarrelay.dryrun;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.solarrelay.event.Event;

/**
 * The result of one stage for a message.
 *
 * @param outcome translated, ignored, fanned-out, delivered, skipped, held, retried or dead
 * @param reason null if there is none
 * @param events the events of a translate route, or the event of an enrich route
 * @param destinations the destinations that fan-out selected
 * @param calls the requests, in their order
 * @param unanswered the requests without a stub
 * @param body the body at the end of the route, null if it does not matter
 * @param routes the ids of the routes that the message entered
 */
public record StageResult(
    String outcome,
    String reason,
    List<Event> events,
    List<String> destinations,
    List<OutgoingRequest> calls,
    List<OutgoingRequest> unanswered,
    Set<String> routes,
    Ended ended,
    Object body) {

  /**
   * What the database would store of an attempt beside its outcome.
   *
   * @param retryAfter null unless retried
   */
  public record Ended(String vendorId, Duration retryAfter, Map<String, String> learnt) {

    static final Ended NOTHING = new Ended(null, null, Map.of());
  }
}
