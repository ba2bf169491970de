package org.solarrelay.dryrun;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Replaces secrets in dry runs. A dry run has a stand-in for each real secret; its output shows
 * {@code ***} instead of the stand-in.
 */
final class SecretStandIns {

  private static final String MASK = "***";
  private static final Pattern STAND_IN = Pattern.compile("rehearsal-key-of-[\\w-]+");

  private SecretStandIns() {}

  /** The stand-in for a key. */
  static String key(String of) {
    return "rehearsal-key-of-" + of;
  }

  /** The stand-in for a signing secret, in the form of Standard Webhooks. */
  static String signingSecret() {
    return "whsec_" + Base64.getEncoder().encodeToString("a rehearsal's secret".getBytes());
  }

  static String mask(String text) {
    return text == null ? null : STAND_IN.matcher(text).replaceAll(MASK);
  }

  /** Masks stand-ins, and the real secrets too, in case a route reads one elsewhere. */
  static String mask(String text, List<String> secrets) {
    String masked = mask(text);
    for (String secret : secrets) {
      String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
      masked = masked.replace(secret, MASK).replace(encoded, MASK);
    }
    return masked;
  }

  static String header(String name, String value) {
    return name.equalsIgnoreCase("webhook-signature") ? MASK : mask(value);
  }
}
