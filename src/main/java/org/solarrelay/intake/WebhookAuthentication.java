package org.solarrelay.intake;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.solarrelay.config.RelayConfig;

/** Whether a request comes from who its URL says: a token, or a Standard Webhooks signature. */
final class WebhookAuthentication {

  private static final List<String> SIGNATURE_HEADERS =
      List.of("webhook-id", "webhook-timestamp", "webhook-signature");

  /** Standard Webhooks' own, which {@link Webhook} keeps as well. */
  private static final long TOLERANCE_SECONDS = 300;

  private static final String SIGNATURE_VERSION = "v1,";

  private final List<byte[]> tokens;
  private final List<Webhook> signatures;
  private final boolean open;

  /**
   * @param openWithoutSecret whether a source that has no secret is let in
   */
  WebhookAuthentication(RelayConfig.Source source, boolean openWithoutSecret) {
    this.tokens =
        stripped(source.tokens()).map(token -> token.getBytes(StandardCharsets.UTF_8)).toList();
    this.signatures = stripped(source.signingSecrets()).map(Webhook::new).toList();
    this.open = openWithoutSecret && tokens.isEmpty() && signatures.isEmpty();
  }

  /** A space behind a comma is no part of a secret. */
  private static Stream<String> stripped(Optional<List<String>> secrets) {
    return secrets.orElse(List.of()).stream().map(String::strip).filter(text -> !text.isEmpty());
  }

  /** False where the source can not be used: it has no secret and is not open. */
  boolean configured() {
    return open || !tokens.isEmpty() || !signatures.isEmpty();
  }

  /** True where the source is used without any secret. */
  boolean open() {
    return open;
  }

  /** Whether {@link #acceptsHead} says all: there is no signature over the body. */
  boolean isProvenByHead() {
    return signatures.isEmpty();
  }

  /**
   * Before the body is read: whether the token fits, or the headers of a signature are there and of
   * now.
   */
  boolean acceptsHead(WebhookRequest request) {
    if (open) {
      return true;
    }
    return signatures.isEmpty() ? tokenFits(request) : signatureMayFit(request);
  }

  /** Compares in constant time, with every live secret, whichever fits. */
  boolean accepts(WebhookRequest request) {
    if (open) {
      return true;
    }
    return signatures.isEmpty() ? tokenFits(request) : signatureFits(request);
  }

  private static boolean signatureMayFit(WebhookRequest request) {
    String signature = request.header("webhook-signature");
    return request.header("webhook-id") != null
        && signature != null
        && signature.contains(SIGNATURE_VERSION)
        && isOfNow(request.header("webhook-timestamp"));
  }

  private static boolean isOfNow(String timestamp) {
    try {
      long seconds = timestamp == null ? 0 : Long.parseLong(timestamp.strip());
      return Math.abs(Instant.now().getEpochSecond() - seconds) <= TOLERANCE_SECONDS;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private boolean tokenFits(WebhookRequest request) {
    String header = request.header("x-webhook-token");
    String token = header != null ? header : request.queryToken();
    if (token == null) {
      return false;
    }
    byte[] given = token.getBytes(StandardCharsets.UTF_8);
    boolean fits = false;
    for (byte[] live : tokens) {
      fits |= MessageDigest.isEqual(live, given);
    }
    return fits;
  }

  private boolean signatureFits(WebhookRequest request) {
    if (SIGNATURE_HEADERS.stream().anyMatch(name -> request.header(name) == null)) {
      return false;
    }
    Map<String, List<String>> headers =
        Map.of(
            "webhook-id", List.of(request.header("webhook-id")),
            "webhook-timestamp", List.of(request.header("webhook-timestamp")),
            "webhook-signature", List.of(request.header("webhook-signature")));
    HttpHeaders standard = HttpHeaders.of(headers, (name, value) -> true);
    String body = new String(request.body(), StandardCharsets.UTF_8);
    return signatures.stream().anyMatch(key -> verified(key, body, standard));
  }

  private static boolean verified(Webhook key, String body, HttpHeaders headers) {
    try {
      key.verify(body, headers);
      return true;
    } catch (WebhookVerificationException | RuntimeException e) {
      return false;
    }
  }
}
