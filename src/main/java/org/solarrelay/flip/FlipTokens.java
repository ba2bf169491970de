package org.solarrelay.flip;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.solarrelay.delivery.VendorAnswer;

/**
 * The one OAuth2 token that all calls to Flip share. It asks for none itself: of the calls that
 * find no token, one is told to ask and the others wait for what it gets.
 */
@Singleton
@Named("flipTokens")
public class FlipTokens {

  /** What {@link #claim} gives the call that is to ask for a token. */
  static final String ASK = "";

  private static final double SHARE_OF_LIFE = 0.8;
  private static final long LONGEST_WAIT_SECONDS = 60;

  private final Clock clock;
  private String token;
  private Instant refreshAt = Instant.MIN;
  private CompletableFuture<String> asked = CompletableFuture.completedFuture(null);

  @Inject
  public FlipTokens() {
    this(Clock.systemUTC());
  }

  FlipTokens(Clock clock) {
    this.clock = clock;
  }

  /** The token, once there is one; or {@link #ASK}, after which keep or giveUp must follow. */
  public synchronized CompletionStage<String> claim() {
    if (token != null && clock.instant().isBefore(refreshAt)) {
      return CompletableFuture.completedFuture(token);
    }
    if (!asked.isDone()) {
      return asked;
    }
    // a call that is lost on the way must not hold up the others for ever
    asked = new CompletableFuture<String>().orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    return CompletableFuture.completedFuture(ASK);
  }

  /**
   * Takes the token from the endpoint's answer and gives it to those who wait.
   *
   * @return the token
   * @throws IOException where the answer holds none
   */
  public String keep(byte[] answer) throws IOException {
    JsonNode json = VendorAnswer.json("Flip's token endpoint", answer);
    if (!json.hasNonNull("access_token")) {
      throw new IOException("Flip's token endpoint answered without an access_token");
    }
    String fresh = json.path("access_token").asText();
    long life = (long) (json.path("expires_in").asLong(0) * SHARE_OF_LIFE);
    store(fresh, clock.instant().plusSeconds(life)).complete(fresh);
    return fresh;
  }

  private synchronized CompletableFuture<String> store(String fresh, Instant until) {
    token = fresh;
    refreshAt = until;
    return asked;
  }

  /** Tells those who wait that there is no token; null where there was no failure. */
  public void giveUp(Exception failure) {
    if (failure != null) {
      waiting().completeExceptionally(failure);
    }
  }

  private synchronized CompletableFuture<String> waiting() {
    return asked;
  }

  /** Forgets that token, which Flip did not accept. */
  public synchronized void drop(String refused) {
    if (refused.equals(token)) {
      token = null;
    }
  }

  /** The form that asks for a token with client credentials, encoded. */
  public byte[] form(String clientId, String clientSecret) {
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s"
            .formatted(encoded(clientId), encoded(clientSecret));
    return form.getBytes(StandardCharsets.US_ASCII);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
