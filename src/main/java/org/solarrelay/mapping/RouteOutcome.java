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

/** The outcomes of deliveries, for routes to destinations without their own Java classes. */
@Singleton
@Named("routeOutcome")
public class RouteOutcome {

  private static final int MOST_QUERIES = 100;

  private final Map<String, JqQuery> queries = LRUCacheFactory.newLRUCache(MOST_QUERIES);

  /** The event is delivered, whatever the 2xx response contains. */
  public Outcome delivered() {
    return Outcome.delivered();
  }

  /**
   * The event is delivered, and the response holds the vendor's id.
   *
   * @param id the vendor's id of the record, as jq on the response, such as {@code .data.id}; the
   *     delivery has none if the result is empty
   * @throws IOException if the response is not JSON, such as the page of a gateway; the delivery is
   *     retried
   * @throws PermanentFailureException if the jq fails on the response or exceeds a limit; the
   *     delivery becomes dead
   */
  public Outcome delivered(ResponseQuery id) throws IOException {
    JsonNode response = JsonResponse.json("The destination", id.response());
    try {
      return compiled(id.jq()).evaluate(response).stream()
          .findFirst()
          .filter(JsonNode::isValueNode)
          .filter(value -> !value.isNull())
          .map(value -> Outcome.delivered(value.asText()))
          .orElseGet(Outcome::delivered);
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

  /** The event is skipped, for that reason. */
  public Outcome skipped(String reason) {
    return Outcome.skipped(reason);
  }
}
