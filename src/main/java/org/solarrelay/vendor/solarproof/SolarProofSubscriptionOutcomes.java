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
 * Checks Solar Proof's responses about webhooks: {@code {"success", "message"}}. Unlike responses
 * of other actions they have no code (Solar Proof, Webhooks).
 */
@Singleton
@Named("solarProofSubscriptionOutcomes")
public class SolarProofSubscriptionOutcomes {

  private static final String SYSTEM = "Solar Proof";
  private static final Pattern KEY = Pattern.compile("(?i)invalid.api.key");

  // the message for a registered URL is not documented; it is expected to hold "already"
  private static final Pattern REGISTERED = Pattern.compile("(?i)\\balready\\b");
  private static final Pattern NOT_REGISTERED = Pattern.compile("(?i)no matching webhook");

  /**
   * Checks that the URL is registered now; it may have been registered before.
   *
   * @throws CredentialsRejectedException if Solar Proof rejects the key
   * @throws PermanentFailureException if Solar Proof reports a failure; the text holds its message
   * @throws IOException if the body is not a response of Solar Proof
   */
  public void subscribed(byte[] body) throws IOException {
    check(body, REGISTERED);
  }

  /** Checks that the URL is not registered now; otherwise as {@link #subscribed}. */
  public void unsubscribed(byte[] body) throws IOException {
    check(body, NOT_REGISTERED);
  }

  private static void check(byte[] body, Pattern expected) throws IOException {
    JsonNode response = JsonResponse.json(SYSTEM, body);
    String message = JsonResponse.message(response);
    if (response.path("success").asBoolean() || expected.matcher(message).find()) {
      return;
    }
    if (KEY.matcher(message).find() || "INVALID_API_KEY".equals(response.path("code").asText())) {
      throw new CredentialsRejectedException(SYSTEM + " does not accept this API key");
    }
    throw SolarProofOutcomes.failure(response);
  }
}
