package org.solarrelay.vendor.solarproof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.solarrelay.delivery.CredentialsRejectedException;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.delivery.http.JsonResponse;

/**
 * Collects the pages of getallcustomers. Solar Proof sends no total and does not mark the last
 * page.
 */
@Singleton
@Named("solarProofCustomerPages")
public class SolarProofCustomerPages {

  /** The fixed size of a page (Solar Proof, Get all customers). */
  static final int PAGE_SIZE = 50;

  /**
   * The pages that were read.
   *
   * @param byId the customers by id, in the order of the pages
   * @param page the number of the next page, from 1
   * @param more whether there may be a next page
   */
  public record Pages(Map<String, JsonNode> byId, int page, boolean more) {

    /** All customers as a JSON array. */
    public String json() {
      return JsonNodeFactory.instance.arrayNode().addAll(byId.values()).toString();
    }
  }

  /** No pages yet: the next page is the first. */
  public Pages noPages() {
    return new Pages(Map.of(), 1, true);
  }

  /**
   * Adds a page. The last page is one that is not full, or has no new customer. Without the second
   * condition the relay would read endlessly if Solar Proof repeated a page.
   *
   * @throws CredentialsRejectedException if Solar Proof rejects the key
   * @throws PermanentFailureException if Solar Proof reports a failure
   * @throws IOException if the body is not a response of Solar Proof
   */
  public Pages withPage(Pages read, byte[] body) throws IOException {
    JsonNode page = JsonResponse.json("Solar Proof", body);
    if (!page.isArray()) {
      throw SolarProofOutcomes.failure(page);
    }
    Map<String, JsonNode> byId = new LinkedHashMap<>(read.byId());
    page.forEach(customer -> byId.putIfAbsent(id(customer), customer));
    boolean more = page.size() >= PAGE_SIZE && byId.size() > read.byId().size();
    return new Pages(byId, read.page() + 1, more);
  }

  private static String id(JsonNode customer) {
    return customer.path("customer_id").asText(customer.toString());
  }
}
