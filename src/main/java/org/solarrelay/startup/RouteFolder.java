package org.solarrelay.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.solarrelay.routes.lint.FolderFiles;
import org.solarrelay.routes.lint.Lint;
import org.solarrelay.routes.lint.Problem;

/** Finds and checks the folder of route files at the start. */
public final class RouteFolder {

  private RouteFolder() {}

  /** The folder that the settings name; by default {@code routes}. */
  public static Path named(StartupSettings settings) {
    return Path.of(settings.get("RELAY_ROUTES_DIR").orElse("routes"));
  }

  /**
   * Checks the folder and its files with lint.
   *
   * @throws StartRefusedException if there is no such folder or a file is invalid; the message
   *     lists all problems
   */
  public static void check(StartupSettings settings) throws StartRefusedException {
    Path folder = named(settings).toAbsolutePath();
    if (!Files.isDirectory(folder)) {
      throw new StartRefusedException(
          "Solar Relay cannot start, there is no folder of routes at "
              + folder
              + ". Start it from the project's folder, or set RELAY_ROUTES_DIR.");
    }
    Map<String, String> files = files(folder);
    if (files.keySet().stream().noneMatch(name -> name.endsWith(".camel.yaml"))) {
      throw new StartRefusedException(
          "Solar Relay cannot start, there is no route file (*.camel.yaml) in "
              + folder
              + ". Set RELAY_ROUTES_DIR, or check whether a ConfigMap is mounted there.");
    }
    List<Problem> problems = new Lint().check(files);
    if (!problems.isEmpty()) {
      throw new StartRefusedException(
          problems.stream()
              .map(problem -> "\n  - " + problem)
              .collect(
                  Collectors.joining(
                      "", "Solar Relay cannot start with the route files of " + folder + ":", "")));
    }
  }

  private static Map<String, String> files(Path folder) throws StartRefusedException {
    try {
      return FolderFiles.read(folder);
    } catch (IOException e) {
      throw new StartRefusedException(
          "Solar Relay cannot start, %s cannot be read: %s".formatted(folder, e.getMessage()));
    }
  }
}
