package org.solarrelay.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Maps the name of a file or route to a path within a folder of routes. */
final class RoutePaths {

  private static final List<String> PATHS_OF_A_NAME =
      List.of(
          "%s", "%s.camel.yaml", "kamelets/%s.kamelet.yaml", "schemas/%s.schema.json", "%s.yaml");

  private RoutePaths() {}

  /**
   * Returns the path of a route file within the folder. A file in the folder keeps its path. The
   * path of a file elsewhere depends on the ending of its name. The name of a route, a kamelet or
   * an event type gives the path of its file in the folder.
   *
   * @param named {@code routes/fan-out.camel.yaml}, {@code /tmp/fan-out.camel.yaml}, or the name of
   *     a route, a kamelet, an event type or {@code destinations}
   */
  static String within(Path folder, String named) {
    Path file = Path.of(named).toAbsolutePath().normalize();
    Path root = folder.toAbsolutePath().normalize();
    if (file.startsWith(root)) {
      return root.relativize(file).toString().replace('\\', '/');
    }
    if (!Files.exists(file) && named.matches("kamelets/.*|schemas/.*|tests/.*")) {
      return named;
    }
    String name = file.getFileName().toString();
    if (name.endsWith(".kamelet.yaml")) {
      return "kamelets/" + name;
    }
    if (name.endsWith(".schema.json")) {
      return "schemas/" + name;
    }
    if (name.endsWith(".test.yaml")) {
      return "tests/" + name;
    }
    String routeFile = name.contains(".") ? name : name + ".camel.yaml";
    if (Files.exists(file) || !name.equals(named)) {
      return routeFile;
    }
    return PATHS_OF_A_NAME.stream()
        .map(path -> path.formatted(named))
        .filter(path -> Files.exists(folder.resolve(path)))
        .findFirst()
        .orElse(routeFile);
  }
}
