package org.solarrelay.vendor.solarproof;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Where Solar Proof shall send its webhooks: one URL for each type, since a body does not name its
 * event.
 *
 * @param base what this relay is reached at from outside, such as {@code https://relay.example.com}
 * @param token proves the sender; null where everyone is let in
 */
record WebhookUrls(String base, String token) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * @param base may end with a slash
   * @throws IllegalArgumentException saying what the base must be
   */
  static WebhookUrls of(String base, String token) {
    URI uri = parsed(base);
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    boolean local = "http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.contains(uri.getHost());
    boolean more = uri.getRawQuery() != null || uri.getFragment() != null;
    if (uri.getHost() == null || more || uri.getUserInfo() != null || !(secure || local)) {
      throw unusable();
    }
    return new WebhookUrls(base.strip().replaceFirst("/+$", ""), token);
  }

  /** The URL for one type of event, with the token. */
  String of(String event) {
    String url = base + "/webhooks/solarproof/" + event;
    return token == null ? url : url + "?token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
  }

  /** That URL as people may see it. */
  static String masked(String url) {
    return url.replaceFirst("\\?token=.*", "?token=***");
  }

  private static URI parsed(String base) {
    try {
      return new URI(base.strip());
    } catch (URISyntaxException e) {
      throw unusable();
    }
  }

  private static IllegalArgumentException unusable() {
    return new IllegalArgumentException(
        "The URL must be what Solar Proof reaches this relay at, such as https://relay.example.com:"
            + " HTTPS (plain HTTP for this machine alone), without query");
  }
}
