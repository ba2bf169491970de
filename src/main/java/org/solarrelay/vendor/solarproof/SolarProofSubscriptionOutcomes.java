package org.solarrelay.vendor.solarproof;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.regex.Pattern;
import org.solarrelay.delivery.CredentialsRejectedException;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.delivery.http.JsonResponse;

/**
 * What Solar Proof's answers about webhooks mean: {@code {"success", "message"}}, without the codes
 * of its other actions (Solar Proof, Webhooks).
 */
@Singleton
@Named("solarProofSubscriptionOutcomes")
public class SolarProofSubscriptionOutcomes {

  private static final String SYSTEM = "Solar Proof";
  private static final Pattern KEY = Pattern.compile("(?i)invalid.api.key");

  // what it says of a URL that is registered is not documented: any "already" will do
  private static final Pattern REGISTERED = Pattern.compile("(?i)\\balready\\b");
  private static final Pattern NOT_REGISTERED = Pattern.compile("(?i)no matching webhook");

  /**
   * Returns where the URL is registered now, whether it was before or not.
   *
   * @throws CredentialsRejectedException where Solar Proof does not take the key
   * @throws PermanentFailureException where it says it failed, in its words
   * @throws IOException where this is no answer of Solar Proof's
   */
  public void subscribed(byte[] body) throws IOException {
    check(body, REGISTERED);
  }

  /** Returns where the URL is not registered now; otherwise as {@link #subscribed}. */
  public void unsubscribed(byte[] body) throws IOException {
    check(body, NOT_REGISTERED);
  }

  private static void check(byte[] body, Pattern asGoodAsSuccess) throws IOException {
    JsonNode answer = JsonResponse.json(SYSTEM, body);
    String said = JsonResponse.message(answer);
    if (answer.path("success").asBoolean() || asGoodAsSuccess.matcher(said).find()) {
      return;
    }
    if (KEY.matcher(said).find() || "INVALID_API_KEY".equals(answer.path("code").asText())) {
      throw new CredentialsRejectedException(SYSTEM + " does not accept this API key");
    }
    throw SolarProofOutcomes.failure(answer);
  }
}
