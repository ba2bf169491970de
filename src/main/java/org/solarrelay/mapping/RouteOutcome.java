package org.solarrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.camel.support.LRUCacheFactory;
import org.solarrelay.delivery.Outcome;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.delivery.http.JsonResponse;
import org.solarrelay.mapping.jq.JqLimitException;
import org.solarrelay.mapping.jq.JqQuery;

/** How a delivery ended, for routes to a destination that has no Java of its own. */
@Singleton
@Named("routeOutcome")
public class RouteOutcome {

  private static final int MOST_QUERIES = 100;

  private final Map<String, JqQuery> queries = LRUCacheFactory.newLRUCache(MOST_QUERIES);

  /** The destination has it, whatever its 2xx response says. */
  public Outcome delivered() {
    return Outcome.delivered(null);
  }

  /**
   * The destination has it.
   *
   * @param id the vendor's id of the record, as jq on the response, such as {@code .data.id}; the
   *     ledger keeps none where there is none
   * @throws IOException where the response is no JSON, such as the page of a gateway: retried
   * @throws PermanentFailureException where the jq fails on the response or is stopped: dead
   */
  public Outcome delivered(ResponseQuery id) throws IOException {
    JsonNode response = JsonResponse.json("The destination", id.response());
    try {
      return compiled(id.jq()).evaluate(response).stream()
          .findFirst()
          .filter(JsonNode::isValueNode)
          .filter(value -> !value.isNull())
          .map(value -> Outcome.delivered(value.asText()))
          .orElseGet(() -> Outcome.delivered(null));
    } catch (JsonQueryException | JqLimitException e) {
      throw new PermanentFailureException(
          "The jq %s fails on the response of the destination".formatted(id.jq()));
    }
  }

  private JqQuery compiled(String jq) throws JsonQueryException {
    JqQuery known = queries.get(jq);
    if (known == null) {
      known = JqQuery.compile(jq);
      queries.put(jq, known);
    }
    return known;
  }

  /** There was nothing to do there, for that reason. */
  public Outcome skipped(String reason) {
    return Outcome.skipped(reason);
  }
}
