package org.solarrelay.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * What became of one send of a case.
 *
 * @param http status of the response to a webhook
 * @param state of the history: {@code events}, {@code dead}, {@code skipped}, …
 * @param reason why there is no event; empty where there is one
 * @param events as the API shows them
 * @param deliveries by destination
 * @param requests by destination: the body's fields, and the query's in {@code query}; a live case
 *     has none
 */
public record CaseOutcome(
    int http,
    String state,
    String reason,
    List<JsonNode> events,
    Map<String, Delivery> deliveries,
    Map<String, List<JsonNode>> requests) {

  /** One delivery; texts are empty where the API has none. */
  public record Delivery(String state, String reason, String vendorId) {}

  /** A webhook that was not accepted. */
  public static CaseOutcome rejected(int http) {
    return new CaseOutcome(http, "rejected", "", List.of(), Map.of(), Map.of());
  }
}
