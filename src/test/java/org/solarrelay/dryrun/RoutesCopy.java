package org.solarrelay.dryrun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's routes, for tests that change them. */
public final class RoutesCopy {

  private RoutesCopy() {}

  public static Path in(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("routes"))) {
      List<Path> all = files.toList();
      for (Path file : all) {
        Files.copy(file, folder.resolve(Path.of("routes").relativize(file).toString()));
      }
    }
    return folder;
  }
}
