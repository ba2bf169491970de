package org.solarrelay.cli;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Builds URLs of a relay. */
final class RelayUrls {

  private RelayUrls() {}

  /** Parses the origin, which may have a path prefix of a proxy. */
  static URI origin(String option, String url) {
    try {
      URI uri = URI.create(url.replaceFirst("/+$", ""));
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // reported below
    }
    throw CommandException.cannotRun(
        "%s is not a URL: %s. Write it like http://localhost:8080".formatted(option, url));
  }

  /** Encodes a segment of a path. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Builds {@code ?name=value&…} of the values that are not null. */
  static String query(Map<String, ?> parameters) {
    return parameters.entrySet().stream()
        .filter(parameter -> parameter.getValue() != null)
        .map(parameter -> parameter.getKey() + "=" + segment(parameter.getValue().toString()))
        .collect(Collectors.joining("&", "?", ""));
  }
}
