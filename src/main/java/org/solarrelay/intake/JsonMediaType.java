package org.solarrelay.intake;

import java.util.Locale;
import java.util.Set;

/**
 * Whether a {@code Content-Type} announces JSON that the relay can read. JSON is UTF-8 whatever its
 * parameters say (RFC 8259, 11); only a {@code charset} that means other bytes is refused.
 */
final class JsonMediaType {

  static final String USUAL = "application/json";

  private static final String APPLICATION = "application/";
  private static final String JSON_SUFFIX = "+json";
  private static final String BATCH = "application/cloudevents-batch+json";
  private static final String CHARSET = "charset";
  private static final Set<String> LIKE_UTF_8 = Set.of("utf-8", "utf8", "us-ascii", "ascii");

  private JsonMediaType() {}

  /**
   * @return what is wrong, as a sentence for the sender; null where nothing is
   */
  static String flaw(String contentType) {
    if (USUAL.equals(contentType)) {
      return null;
    }
    if (contentType == null) {
      return "Send Content-Type: application/json, in UTF-8";
    }
    String lower = contentType.toLowerCase(Locale.ROOT);
    int semicolon = lower.indexOf(';');
    String type = (semicolon < 0 ? lower : lower.substring(0, semicolon)).strip();
    if (type.equals(BATCH)) {
      return "Send each CloudEvent in a request of its own: batches are not taken";
    }
    if (!isJson(type)) {
      return "Send Content-Type: application/json, in UTF-8";
    }
    return semicolon < 0 || isUtf8(lower.substring(semicolon + 1))
        ? null
        : "Send the JSON in UTF-8: no other charset is taken";
  }

  private static boolean isJson(String type) {
    if (type.equals(USUAL)) {
      return true;
    }
    return type.startsWith(APPLICATION)
        && type.endsWith(JSON_SUFFIX)
        && type.length() > APPLICATION.length() + JSON_SUFFIX.length()
        && type.indexOf('/', APPLICATION.length()) < 0
        && type.chars().noneMatch(c -> c <= ' ' || c == ',');
  }

  private static boolean isUtf8(String parameters) {
    for (String parameter : parameters.split(";")) {
      int equal = parameter.indexOf('=');
      if (equal > 0 && parameter.substring(0, equal).strip().equals(CHARSET)) {
        String charset =
            parameter
                .substring(equal + 1)
                .replace('"', ' ')
                .replace('\'', ' ')
                .replace(',', ' ')
                .strip();
        if (!charset.isEmpty() && !LIKE_UTF_8.contains(charset)) {
          return false;
        }
      }
    }
    return true;
  }
}
