package org.solarrelay.intake;

import java.util.Locale;
import java.util.Set;

/**
 * Decides whether a {@code Content-Type} means JSON that the relay can read. JSON is always UTF-8
 * (RFC 8259, 11); a {@code charset} of other bytes is rejected, other parameters are ignored.
 */
final class JsonMediaType {

  static final String JSON = "application/json";

  private static final String APPLICATION = "application/";
  private static final String JSON_SUFFIX = "+json";
  private static final String BATCH = "application/cloudevents-batch+json";
  private static final String CHARSET = "charset";
  private static final Set<String> UTF_8_SUBSETS = Set.of("utf-8", "utf8", "us-ascii", "ascii");

  private JsonMediaType() {}

  /**
   * @return the problem, as a sentence for the sender; null if there is none
   */
  static String problem(String contentType) {
    if (JSON.equals(contentType)) {
      return null;
    }
    if (contentType == null) {
      return "Send Content-Type: application/json, in UTF-8";
    }
    String lower = contentType.toLowerCase(Locale.ROOT);
    int semicolon = lower.indexOf(';');
    String type = (semicolon < 0 ? lower : lower.substring(0, semicolon)).strip();
    if (type.equals(BATCH)) {
      return "Send each CloudEvent in a request of its own: batches are not accepted";
    }
    if (!isJson(type)) {
      return "Send Content-Type: application/json, in UTF-8";
    }
    return semicolon < 0 || isUtf8(lower.substring(semicolon + 1))
        ? null
        : "Send the JSON in UTF-8: no other charset is accepted";
  }

  private static boolean isJson(String type) {
    if (type.equals(JSON)) {
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
        if (!charset.isEmpty() && !UTF_8_SUBSETS.contains(charset)) {
          return false;
        }
      }
    }
    return true;
  }
}
