package org.solarrelay.cli;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** URLs of a relay. */
final class RelayUrls {

  private RelayUrls() {}

  /** The origin, with a path in front of all others where there is a proxy. */
  static URI origin(String option, String url) {
    try {
      URI uri = URI.create(url.replaceFirst("/+$", ""));
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw CommandException.unusable(
        "%s is not a URL: %s. It goes like http://localhost:8080".formatted(option, url));
  }

  /** A segment of a path. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** {@code ?name=value&…} of what is not null. */
  static String query(Map<String, ?> parameters) {
    return parameters.entrySet().stream()
        .filter(parameter -> parameter.getValue() != null)
        .map(parameter -> parameter.getKey() + "=" + segment(parameter.getValue().toString()))
        .collect(Collectors.joining("&", "?", ""));
  }
}
