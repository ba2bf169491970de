package org.solarrelay.vendor.solarproof;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.stream.Stream;
import org.solarrelay.delivery.CredentialsRejectedException;
import org.solarrelay.delivery.Outcome;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.delivery.http.JsonResponse;
import org.solarrelay.event.Event;
import org.solarrelay.identity.IdFormat;

/** Turns Solar Proof's responses into outcomes. Ids in responses are strings. */
@Singleton
@Named("solarProofOutcomes")
public class SolarProofOutcomes {

  private static final String SYSTEM = "Solar Proof";
  private static final int MAX_CODE_LENGTH = 100;

  /**
   * The id of the customer in the response to a search.
   *
   * @param body a customer, a list of customers, or an empty object or list
   * @return empty if Solar Proof has no such customer
   * @throws CredentialsRejectedException if Solar Proof rejects the key
   * @throws PermanentFailureException if Solar Proof reports a failure
   * @throws IOException if the body is not a response of Solar Proof
   */
  public String customerId(byte[] body) throws IOException {
    JsonNode response = JsonResponse.json(SYSTEM, body);
    JsonNode customer = response.isArray() ? response.path(0) : response;
    if (customer.isEmpty() || isUnknown(customer)) {
      return "";
    }
    return id(customer, "customer_id", "pkcustomerid", "id");
  }

  /**
   * The outcome of creating a customer, or of updating a customer by its known id.
   *
   * @return delivered, with the customer's id
   * @throws CredentialsRejectedException if Solar Proof rejects the key
   * @throws PermanentFailureException if Solar Proof reports a failure
   * @throws IOException if the body is not a response of Solar Proof
   */
  public Outcome saved(byte[] body) throws IOException {
    return saved(body, "Solar Proof's response");
  }

  /** The outcome of updating a customer that was found by e-mail; otherwise as {@link #saved}. */
  public Outcome foundAndSaved(byte[] body) throws IOException {
    return saved(body, "look-up by e-mail in Solar Proof");
  }

  /** Whether an update failed because there is no such customer; false for any other response. */
  public boolean isUnknown(byte[] body) {
    try {
      return isUnknown(JsonResponse.json(SYSTEM, body));
    } catch (IOException e) {
      // the next step reads the same body and throws the exception
      return false;
    }
  }

  /** The outcome of a change to a customer that Solar Proof does not have. */
  public Outcome unknownCustomer() {
    return Outcome.skipped(SYSTEM + " does not have this customer");
  }

  /** The outcome of an event that Solar Proof does not receive. */
  public Outcome notHandled(Event event) {
    return Outcome.skipped(SYSTEM + " does not receive " + event.type());
  }

  /** The failure that a response without an id reports. */
  static RuntimeException failure(JsonNode response) {
    if ("INVALID_API_KEY".equals(response.path("code").asText())) {
      return new CredentialsRejectedException(SYSTEM + " does not accept this API key");
    }
    String written = response.path("code").asText("");
    String code = written.length() > MAX_CODE_LENGTH ? "" : written.replaceAll("[^A-Z_]", "");
    return new PermanentFailureException(
        SYSTEM + " rejected the request: " + (code + " " + JsonResponse.message(response)).strip());
  }

  private static Outcome saved(byte[] body, String from) throws IOException {
    String id = id(JsonResponse.json(SYSTEM, body), "id", "CustomerId");
    return Outcome.delivered(id).withId(SolarProofMapper.CUSTOMER, id, from);
  }

  private static boolean isUnknown(JsonNode response) {
    return "CUSTOMER_NOT_FOUND".equals(response.path("code").asText());
  }

  private static String id(JsonNode response, String... names) {
    return Stream.of(names)
        .map(name -> response.path(name).asText(""))
        .filter(IdFormat.of(SolarProofMapper.CUSTOMER)::matches)
        .findFirst()
        .orElseThrow(() -> failure(response));
  }
}
