package org.solarrelay.vendor.flip;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.solarrelay.delivery.http.JsonResponse;

/** Caches the OAuth2 token that all calls to Flip share. */
@Singleton
@Named("flipTokens")
public class FlipTokens {

  /** What {@link #claim} returns to the call that has to request a token. */
  static final String ASK = "";

  private static final double USED_SHARE_OF_LIFE = 0.8;

  private final SingleFlightCache<String> token;

  @Inject
  public FlipTokens() {
    this(Clock.systemUTC());
  }

  FlipTokens(Clock clock) {
    this.token = new SingleFlightCache<>(clock, ASK);
  }

  /**
   * The token, or {@link #ASK}. After {@link #ASK} the caller requests a token and then calls
   * {@link #keep} or {@link #giveUp}.
   */
  public CompletionStage<String> claim() {
    return token.claim();
  }

  /**
   * Caches the token in the endpoint's response, and returns it to all waiting callers.
   *
   * @return the token
   * @throws IOException if the response has no valid token
   */
  public String keep(byte[] response) throws IOException {
    JsonNode json = JsonResponse.json("Flip's token endpoint", response);
    if (!json.hasNonNull("access_token")) {
      throw new IOException("Flip's token endpoint responded without an access_token");
    }
    String fresh = json.path("access_token").asText();
    if (fresh.isEmpty() || !fresh.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IOException(
          "Flip's token endpoint responded with an access_token that a header cannot hold");
    }
    long life = (long) (json.path("expires_in").asLong(0) * USED_SHARE_OF_LIFE);
    token.keep(fresh, Duration.ofSeconds(life));
    return fresh;
  }

  /**
   * Passes a failed request to all waiting callers. A route calls this method after every request.
   *
   * @param failure null after a request that succeeded; then nothing happens
   */
  public void giveUp(Exception failure) {
    token.giveUp(failure);
  }

  /** Removes a token that Flip rejected. */
  public void drop(@Variable("flipToken") String rejected) {
    token.drop(rejected);
  }

  /** The form that requests a token with client credentials, encoded. */
  public byte[] form(@Variable("flipClient") String clientId, @Body String clientSecret) {
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s"
            .formatted(encoded(clientId), encoded(clientSecret));
    return form.getBytes(StandardCharsets.US_ASCII);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
