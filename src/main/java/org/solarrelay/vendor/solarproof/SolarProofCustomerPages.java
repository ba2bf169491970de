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

/** Puts the pages of getallcustomers together, which say neither a total nor where they end. */
@Singleton
@Named("solarProofCustomerPages")
public class SolarProofCustomerPages {

  /** Solar Proof, Get all customers: fixed. */
  private static final int PAGE_SIZE = 50;

  /**
   * What was read so far.
   *
   * @param byId the customers, in the order they came
   * @param page the next one to read, from 1
   * @param more whether there may be a next one
   */
  public record Pages(Map<String, JsonNode> byId, int page, boolean more) {

    /** All customers as a JSON array. */
    public String json() {
      return JsonNodeFactory.instance.arrayNode().addAll(byId.values()).toString();
    }
  }

  /** Nothing read yet. */
  public Pages none() {
    return new Pages(Map.of(), 1, true);
  }

  /**
   * One page more. One that is not full is the last, and so is one that holds nobody new: else a
   * page that repeats would be read for ever.
   *
   * @throws CredentialsRejectedException where Solar Proof does not take the key
   * @throws PermanentFailureException where it says it failed
   * @throws IOException where this is no answer of Solar Proof's
   */
  public Pages and(Pages read, byte[] body) throws IOException {
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
