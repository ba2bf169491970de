package org.solarrelay.dryrun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The specs beside route files, in {@code tests/}. */
final class SpecFolder {

  private SpecFolder() {}

  /** The spec files of a folder of routes, in the order of their names. */
  static List<Path> files(Path routes) throws IOException {
    Path tests = routes.resolve("tests");
    return Files.isDirectory(tests) ? RouteGraph.list(tests, SpecFile.ENDING) : List.of();
  }

  /**
   * The cases of all {@code files}.
   *
   * @throws SpecException with every problem in any of the files
   */
  static List<Spec> read(List<Path> files) {
    List<Spec> specs = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path file : files) {
      try {
        specs.addAll(SpecFile.read(file));
      } catch (SpecException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new SpecException(problems);
    }
    return specs;
  }
}
