package org.solarrelay.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** What of a URL proves who calls it: the CRM's, say, may hold a token. */
public final class UrlSecrets {

  /** Shorter ones are words such as {@code v=2}, which must not vanish from every text. */
  private static final int SHORTEST = 6;

  private UrlSecrets() {}

  /** The values in the query, as they stand there and decoded. */
  public static Stream<String> of(String url) {
    int query = url.indexOf('?');
    if (query < 0) {
      return Stream.empty();
    }
    return Stream.of(url.substring(query + 1).split("&"))
        .map(parameter -> parameter.substring(parameter.indexOf('=') + 1))
        .filter(value -> value.length() >= SHORTEST)
        .flatMap(value -> Stream.of(value, decoded(value)))
        .distinct();
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}
