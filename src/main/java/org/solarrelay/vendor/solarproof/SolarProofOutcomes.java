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

/** What Solar Proof's answers mean. Its ids are strings in answers. */
@Singleton
@Named("solarProofOutcomes")
public class SolarProofOutcomes {

  private static final String SYSTEM = "Solar Proof";
  private static final int LONGEST_CODE = 100;

  /**
   * The id of the customer that was looked for.
   *
   * @param body one customer, a list of them, or nothing in either form
   * @return empty where Solar Proof knows no such customer
   * @throws CredentialsRejectedException where Solar Proof does not take the key
   * @throws PermanentFailureException where it says it failed
   * @throws IOException where this is no answer of Solar Proof's
   */
  public String customerId(byte[] body) throws IOException {
    JsonNode answer = JsonResponse.json(SYSTEM, body);
    JsonNode customer = answer.isArray() ? answer.path(0) : answer;
    if (customer.isEmpty() || isUnknown(customer)) {
      return "";
    }
    return id(customer, "customer_id", "pkcustomerid", "id");
  }

  /**
   * The outcome of creating a customer, or of updating one whose id was known.
   *
   * @return delivered, with the customer's id
   * @throws CredentialsRejectedException where Solar Proof does not take the key
   * @throws PermanentFailureException where it says it failed
   * @throws IOException where this is no answer of Solar Proof's
   */
  public Outcome saved(byte[] body) throws IOException {
    return saved(body, "Solar Proof's response");
  }

  /** The outcome of updating a customer that was found by e-mail; otherwise as {@link #saved}. */
  public Outcome foundAndSaved(byte[] body) throws IOException {
    return saved(body, "look-up by e-mail in Solar Proof");
  }

  /** Whether an update failed because there is no such customer; false for any other answer. */
  public boolean isUnknown(byte[] body) {
    try {
      return isUnknown(JsonResponse.json(SYSTEM, body));
    } catch (IOException e) {
      // a predicate would wrap it; whoever reads the answer next says the same
      return false;
    }
  }

  /** The outcome of a change to somebody Solar Proof has never heard of. */
  public Outcome unknownCustomer() {
    return Outcome.skipped(SYSTEM + " does not know this customer");
  }

  /** The outcome of an event that has no counterpart in Solar Proof. */
  public Outcome notHandled(Event event) {
    return Outcome.skipped(SYSTEM + " does not receive " + event.type());
  }

  /** What an answer means that says neither an id nor what was asked for. */
  static RuntimeException failure(JsonNode answer) {
    if ("INVALID_API_KEY".equals(answer.path("code").asText())) {
      return new CredentialsRejectedException(SYSTEM + " does not accept this API key");
    }
    String said = answer.path("code").asText("");
    String code = said.length() > LONGEST_CODE ? "" : said.replaceAll("[^A-Z_]", "");
    return new PermanentFailureException(
        SYSTEM + " refused: " + (code + " " + JsonResponse.message(answer)).strip());
  }

  private static Outcome saved(byte[] body, String from) throws IOException {
    String id = id(JsonResponse.json(SYSTEM, body), "id", "CustomerId");
    return Outcome.delivered(id).withId(SolarProofMapper.CUSTOMER, id, from);
  }

  private static boolean isUnknown(JsonNode answer) {
    return "CUSTOMER_NOT_FOUND".equals(answer.path("code").asText());
  }

  private static String id(JsonNode answer, String... names) {
    return Stream.of(names)
        .map(name -> answer.path(name).asText(""))
        .filter(IdFormat.of(SolarProofMapper.CUSTOMER)::matches)
        .findFirst()
        .orElseThrow(() -> failure(answer));
  }
}
