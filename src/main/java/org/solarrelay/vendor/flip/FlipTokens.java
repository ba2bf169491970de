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

/** The one OAuth2 token that all calls to Flip share. */
@Singleton
@Named("flipTokens")
public class FlipTokens {

  /** What {@link #claim} gives the call that is to ask for a token. */
  static final String ASK = "";

  private static final double SHARE_OF_LIFE = 0.8;

  private final SingleFlightCache<String> token;

  @Inject
  public FlipTokens() {
    this(Clock.systemUTC());
  }

  FlipTokens(Clock clock) {
    this.token = new SingleFlightCache<>(clock, ASK);
  }

  /** The token, once there is one; or {@link #ASK}, after which keep or giveUp must follow. */
  public CompletionStage<String> claim() {
    return token.claim();
  }

  /**
   * Takes the token from the endpoint's answer and gives it to those who wait.
   *
   * @return the token
   * @throws IOException where the answer holds none
   */
  public String keep(byte[] answer) throws IOException {
    JsonNode json = JsonResponse.json("Flip's token endpoint", answer);
    if (!json.hasNonNull("access_token")) {
      throw new IOException("Flip's token endpoint answered without an access_token");
    }
    String fresh = json.path("access_token").asText();
    if (fresh.isEmpty() || !fresh.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IOException(
          "Flip's token endpoint responded with an access_token that no header holds");
    }
    long life = (long) (json.path("expires_in").asLong(0) * SHARE_OF_LIFE);
    token.keep(fresh, Duration.ofSeconds(life));
    return fresh;
  }

  /** Tells those who wait that there is no token; null where there was no failure. */
  public void giveUp(Exception failure) {
    token.giveUp(failure);
  }

  /** Forgets that token, which Flip did not accept. */
  public void drop(@Variable("flipToken") String refused) {
    token.drop(refused);
  }

  /** The form that asks for a token with client credentials, encoded. */
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
