package org.solarrelay.vendor.solarproof;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Builds the URLs for Solar Proof's webhooks: one for each event, because a body does not name its
 * event.
 *
 * @param base the relay's public URL, such as {@code https://relay.example.com}
 * @param token authenticates the sender; null where the relay requires no token
 */
record WebhookUrls(String base, String token) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * Checks the base.
   *
   * @param base may end with a slash
   * @throws IllegalArgumentException if the base is invalid; the text says what it must be
   */
  static WebhookUrls of(String base, String token) {
    URI uri = parsed(base);
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    boolean local = "http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.contains(uri.getHost());
    boolean hasQuery = uri.getRawQuery() != null || uri.getFragment() != null;
    if (uri.getHost() == null || hasQuery || uri.getUserInfo() != null || !(secure || local)) {
      throw invalid();
    }
    return new WebhookUrls(base.strip().replaceFirst("/+$", ""), token);
  }

  /** The URL for an event, with the token. */
  String of(String event) {
    String url = base + "/webhooks/solarproof/" + event;
    return token == null ? url : url + "?token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
  }

  /** The URL with its token masked. */
  static String masked(String url) {
    return url.replaceFirst("\\?token=.*", "?token=***");
  }

  private static URI parsed(String base) {
    try {
      return new URI(base.strip());
    } catch (URISyntaxException e) {
      throw invalid();
    }
  }

  private static IllegalArgumentException invalid() {
    return new IllegalArgumentException(
        "The URL must be this relay's public URL, such as https://relay.example.com:"
            + " HTTPS (HTTP for localhost only), without query");
  }
}
