package org.solarrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.solarrelay.delivery.Outcome;
import org.solarrelay.delivery.http.VendorAnswer;

/** How a delivery ended, for routes to a destination that has no Java of its own. */
@Singleton
@Named("routeOutcome")
public class RouteOutcome {

  /**
   * The destination has it.
   *
   * @param body of its 2xx answer
   * @param id where in it the vendor's id of the record stands, such as {@code $.data.id}; the
   *     ledger keeps none where there is none
   * @throws IOException where the answer is no JSON, such as the page of a gateway: tried again
   */
  public Outcome delivered(byte[] body, String id) throws IOException {
    JsonNode found = JsonPlace.in(VendorAnswer.json("The destination", body), id);
    return Outcome.delivered(found == null || found.isContainerNode() ? null : found.asText());
  }

  /** There was nothing to do there, for that reason. */
  public Outcome skipped(String reason) {
    return Outcome.skipped(reason);
  }
}
