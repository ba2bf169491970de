package org.solarrelay.ops.server;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * The security headers of every HTTP response ({@code quarkus.http.header}). Quarkus adds them only
 * to the responses of its router.
 */
record SecurityHeaders(Map<String, String> values) {

  private static final Pattern NAME = Pattern.compile("quarkus\\.http\\.header\\.\"(.+)\"\\.value");

  static SecurityHeaders configuredIn(Config config) {
    Map<String, String> values = new LinkedHashMap<>();
    StreamSupport.stream(config.getPropertyNames().spliterator(), false)
        .map(NAME::matcher)
        .filter(Matcher::matches)
        .forEach(name -> values.put(name.group(1), config.getValue(name.group(), String.class)));
    return new SecurityHeaders(values);
  }

  /** Adds the headers that are missing. */
  void addMissing(HttpHeaders headers) {
    values.forEach(
        (name, value) -> {
          if (!headers.contains(name)) {
            headers.set(name, value);
          }
        });
  }
}
