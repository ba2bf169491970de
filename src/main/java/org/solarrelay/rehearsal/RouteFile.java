package org.solarrelay.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One file of routes.
 *
 * @param text what stands in it
 * @param serves the {@code direct:} names that its routes begin at, and ids of other routes
 * @param calls the {@code direct:} names that they go on to
 */
record RouteFile(Path path, String text, Set<String> serves, Set<String> calls) {

  private static final String DIRECT = "direct:";

  /**
   * @throws IOException where it is no YAML
   */
  static RouteFile read(Path path, String text) throws IOException {
    Set<String> serves = new LinkedHashSet<>();
    Set<String> calls = new LinkedHashSet<>();
    for (JsonNode part : Yaml.read(text)) {
      JsonNode from = part.path("route").path("from");
      String begin = from.path("uri").asText();
      serves.add(begin.startsWith(DIRECT) ? name(begin) : part.path("route").path("id").asText());
      collect(from.path("steps"), calls);
    }
    return new RouteFile(path, text, serves, calls);
  }

  private static void collect(JsonNode node, Set<String> calls) {
    if (node.isTextual() && node.textValue().startsWith(DIRECT)) {
      calls.add(name(node.textValue()));
    }
    node.forEach(child -> collect(child, calls));
  }

  private static String name(String uri) {
    return uri.substring(DIRECT.length()).replaceFirst("\\?.*", "");
  }
}
