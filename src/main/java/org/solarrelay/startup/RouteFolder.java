package org.solarrelay.startup;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of the route files, without which the relay would do nothing. */
public final class RouteFolder {

  private RouteFolder() {}

  /**
   * @throws StartRefusedException where there is no such folder
   */
  public static void check(Settings settings) throws StartRefusedException {
    Path folder = Path.of(settings.get("RELAY_ROUTES_DIR").orElse("routes")).toAbsolutePath();
    if (!Files.isDirectory(folder)) {
      throw new StartRefusedException(
          "Solar Relay cannot start, there is no folder of routes at "
              + folder
              + ". Start it from the project's folder, or set RELAY_ROUTES_DIR.");
    }
  }
}
