package org.solarrelay.dryrun;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.solarrelay.event.Event;

/**
 * What one stage made of a message.
 *
 * @param outcome translated, ignored, fanned-out, delivered, skipped, held, retried or dead
 * @param reason null where there is none to give
 * @param events those that a translate route made, or the one that an enrich route enriched
 * @param destinations the destinations that fan-out named
 * @param calls those that would leave, in their order
 * @param unanswered those of them that nobody said an answer to
 * @param body the body that the route left, null where that does not matter
 * @param routes the ids of the routes that the message was in
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
   * What the ledger would keep of an attempt beside its outcome.
   *
   * @param retryAfter null unless retried
   */
  public record Ended(String vendorId, Duration retryAfter, Map<String, String> learnt) {

    static final Ended NOTHING = new Ended(null, null, Map.of());
  }
}
