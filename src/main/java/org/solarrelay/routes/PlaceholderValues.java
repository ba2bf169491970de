package org.solarrelay.routes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/**
 * Adds to the text of a route a digest of its {@code {{placeholders}}}' values. Camel reads the
 * values when it loads the route, so a changed value means that the route must be loaded again.
 * Each value is resolved once, so all texts get the same values.
 */
final class PlaceholderValues implements UnaryOperator<String> {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??(relay\\.[\\w.-]+)");

  private final CamelContext camel;
  private final Map<String, String> values = new HashMap<>();

  PlaceholderValues(CamelContext camel) {
    this.camel = camel;
  }

  @Override
  public String apply(String text) {
    MessageDigest digest = sha256();
    Matcher placeholder = PLACEHOLDER.matcher(text);
    while (placeholder.find()) {
      String value = values.computeIfAbsent(placeholder.group(1), this::resolve);
      digest.update(value.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return text + "\n" + HexFormat.of().formatHex(digest.digest());
  }

  private String resolve(String property) {
    return camel.getPropertiesComponent().resolveProperty(property).orElse("");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
