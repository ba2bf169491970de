package org.solarrelay.solarproof;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.stream.Stream;
import org.solarrelay.delivery.AccessDeniedException;
import org.solarrelay.delivery.Outcome;
import org.solarrelay.delivery.RefusedException;
import org.solarrelay.delivery.VendorAnswer;
import org.solarrelay.event.Event;

/** What Solar Proof's answers mean. Its ids are strings in answers. */
@Singleton
@Named("solarProofAnswers")
public class SolarProofAnswers {

  private static final String SYSTEM = "Solar Proof";

  /**
   * The id of the customer that was looked for.
   *
   * @param body one customer, a list of them, or nothing in either form
   * @return empty where Solar Proof knows no such customer
   * @throws AccessDeniedException where Solar Proof does not take the key
   * @throws RefusedException where it says it failed
   * @throws IOException where this is no answer of Solar Proof's
   */
  public String customerId(byte[] body) throws IOException {
    JsonNode answer = VendorAnswer.json(SYSTEM, body);
    JsonNode customer = answer.isArray() ? answer.path(0) : answer;
    if (customer.isEmpty() || "CUSTOMER_NOT_FOUND".equals(customer.path("code").asText())) {
      return "";
    }
    return id(customer, "customer_id", "pkcustomerid", "id");
  }

  /**
   * The outcome of creating or updating a customer.
   *
   * @return delivered, with the customer's id
   * @throws AccessDeniedException where Solar Proof does not take the key
   * @throws RefusedException where it says it failed
   * @throws IOException where this is no answer of Solar Proof's
   */
  public Outcome saved(byte[] body) throws IOException {
    return Outcome.delivered(id(VendorAnswer.json(SYSTEM, body), "id", "CustomerId"));
  }

  /** The outcome of a change to somebody Solar Proof has never heard of. */
  public Outcome unknownCustomer() {
    return Outcome.skipped(SYSTEM + " does not know this customer");
  }

  /** The outcome of an event that has no counterpart in Solar Proof. */
  public Outcome notHandled(Event event) {
    return Outcome.skipped(SYSTEM + " is not told of " + event.type());
  }

  private static String id(JsonNode answer, String... names) {
    if ("INVALID_API_KEY".equals(answer.path("code").asText())) {
      throw new AccessDeniedException(SYSTEM + " does not accept this API key");
    }
    return Stream.of(names)
        .map(name -> answer.path(name).asText(""))
        .filter(id -> id.matches("\\d+"))
        .findFirst()
        .orElseThrow(() -> refused(answer));
  }

  private static RefusedException refused(JsonNode answer) {
    String code = answer.path("code").asText("").replaceAll("[^A-Z_]", "");
    return new RefusedException(
        SYSTEM + " refused: " + (code + " " + VendorAnswer.message(answer)).strip());
  }
}
