package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.solarrelay.routes.lint.FilePlace;

/**
 * One file of routes, or of a kamelet.
 *
 * @param path within the folder
 * @param text the content
 * @param serves the {@code direct:} names that its routes begin at, {@code delivery:<destination>}
 *     of deliver routes, and ids of other routes; of a kamelet {@code kamelet:<name>}
 * @param calls the names, as in {@code serves}, that the file's steps call
 * @param topics the topics that its routes read, by the ids of the routes
 */
record RouteFile(
    String path,
    String text,
    Set<String> serves,
    Set<String> calls,
    Map<String, List<String>> topics) {

  private static final Pattern KAMELET = Pattern.compile("kamelets/([^/]*)\\.kamelet\\.yaml");
  private static final Pattern CALL = Pattern.compile("(?:direct:|(kamelet:))([^?/]+).*");

  /**
   * @throws IOException if the text is not YAML
   */
  static RouteFile read(String path, String text) throws IOException {
    Set<String> serves = new LinkedHashSet<>();
    Set<String> calls = new LinkedHashSet<>();
    Map<String, List<String>> topics = new LinkedHashMap<>();
    Matcher kamelet = KAMELET.matcher(path);
    if (kamelet.matches()) {
      serves.add("kamelet:" + kamelet.group(1));
      collect(YamlReader.read(text), calls);
    } else {
      for (JsonNode part : YamlReader.read(text)) {
        JsonNode from = part.path("route").path("from");
        String id = part.path("route").path("id").asText();
        delivery(from).ifPresent(serves::add);
        serves.add(endpoint(from).orElse(id));
        topics(from).ifPresent(names -> topics.put(id, names));
        collect(from.path("steps"), calls);
      }
    }
    return new RouteFile(path, text, serves, calls, topics);
  }

  /** Whether a path within the folder is that of a route file or a kamelet. */
  static boolean is(String path) {
    return FilePlace.isRoutes(path) || FilePlace.isKamelet(path);
  }

  private static void collect(JsonNode node, Set<String> calls) {
    if (node.isTextual()) {
      name(node.textValue()).ifPresent(calls::add);
    }
    endpoint(node).ifPresent(calls::add);
    node.forEach(child -> collect(child, calls));
  }

  /** The name in a URI, or in a scheme and its parameter, as Kaoto writes it. */
  private static Optional<String> endpoint(JsonNode node) {
    String uri = node.path("uri").asText();
    JsonNode parameters = node.path("parameters");
    return switch (uri) {
      case "direct" -> name("direct:" + parameters.path("name").asText());
      case "kamelet" -> name("kamelet:" + parameters.path("templateId").asText());
      default -> name(uri);
    };
  }

  /** {@code delivery:<destination>} if a route begins at it. */
  private static Optional<String> delivery(JsonNode from) {
    String uri = from.path("uri").asText();
    if (uri.equals("delivery")) {
      return Optional.of("delivery:" + from.path("parameters").path("destination").asText());
    }
    return uri.startsWith("delivery:")
        ? Optional.of(uri.replaceFirst("\\?.*", ""))
        : Optional.empty();
  }

  /** The topics that a route begins at. */
  private static Optional<List<String>> topics(JsonNode from) {
    String uri = from.path("uri").asText();
    String names =
        uri.equals("topic")
            ? from.path("parameters").path("names").asText()
            : uri.startsWith("topic:") ? uri.substring("topic:".length()) : "";
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(List.of(names.replaceFirst("\\?.*", "").split(",")));
  }

  private static Optional<String> name(String uri) {
    Matcher call = CALL.matcher(uri);
    return call.matches()
        ? Optional.of((call.group(1) == null ? "" : call.group(1)) + call.group(2))
        : Optional.empty();
  }
}
