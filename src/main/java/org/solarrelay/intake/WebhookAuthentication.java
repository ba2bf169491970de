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

/** Authenticates the requests of one source, by token or by Standard Webhooks signature. */
final class WebhookAuthentication {

  private static final List<String> SIGNATURE_HEADERS =
      List.of("webhook-id", "webhook-timestamp", "webhook-signature");

  /** The tolerance of Standard Webhooks, which {@link Webhook} applies as well. */
  private static final long TOLERANCE_SECONDS = 300;

  private static final String SIGNATURE_VERSION = "v1,";

  private final List<byte[]> tokens;
  private final List<Webhook> signatures;
  private final boolean open;

  /**
   * @param openWithoutSecret whether a source without a secret accepts every request
   */
  WebhookAuthentication(RelayConfig.Source source, boolean openWithoutSecret) {
    this.tokens =
        stripped(source.tokens()).map(token -> token.getBytes(StandardCharsets.UTF_8)).toList();
    this.signatures = stripped(source.signingSecrets()).map(Webhook::new).toList();
    this.open = openWithoutSecret && tokens.isEmpty() && signatures.isEmpty();
  }

  /** Removes spaces: a space behind a comma is not part of a secret. */
  private static Stream<String> stripped(Optional<List<String>> secrets) {
    return secrets.orElse(List.of()).stream().map(String::strip).filter(text -> !text.isEmpty());
  }

  /** False if the source has no secret and is not open; then the source accepts no request. */
  boolean isConfigured() {
    return open || !tokens.isEmpty() || !signatures.isEmpty();
  }

  /** True if the source accepts every request, because it has no secret. */
  boolean open() {
    return open;
  }

  /** Whether {@link #acceptsHead} decides alone: there is no signature over the body. */
  boolean isDecidedByHead() {
    return signatures.isEmpty();
  }

  /**
   * Checks the head before the body is read: the token must match, or the headers of a signature
   * must be present and current.
   */
  boolean acceptsHead(WebhookRequest request) {
    if (open) {
      return true;
    }
    return signatures.isEmpty() ? tokenMatches(request) : hasCurrentSignature(request);
  }

  /** Compares with every configured secret, in constant time. */
  boolean accepts(WebhookRequest request) {
    if (open) {
      return true;
    }
    return signatures.isEmpty() ? tokenMatches(request) : signatureMatches(request);
  }

  private static boolean hasCurrentSignature(WebhookRequest request) {
    String signature = request.header("webhook-signature");
    return request.header("webhook-id") != null
        && signature != null
        && signature.contains(SIGNATURE_VERSION)
        && isCurrent(request.header("webhook-timestamp"));
  }

  private static boolean isCurrent(String timestamp) {
    try {
      long seconds = timestamp == null ? 0 : Long.parseLong(timestamp.strip());
      return Math.abs(Instant.now().getEpochSecond() - seconds) <= TOLERANCE_SECONDS;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private boolean tokenMatches(WebhookRequest request) {
    String header = request.header("x-webhook-token");
    String token = header != null ? header : request.queryToken();
    if (token == null) {
      return false;
    }
    byte[] given = token.getBytes(StandardCharsets.UTF_8);
    boolean matches = false;
    for (byte[] expected : tokens) {
      matches |= MessageDigest.isEqual(expected, given);
    }
    return matches;
  }

  private boolean signatureMatches(WebhookRequest request) {
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
