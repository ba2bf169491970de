package org.solarrelay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.solarrelay.routes.lint.FolderFiles;

/** Which route files reach pods: kustomize takes what is listed, and knows no patterns. */
final class ForPods {

  private ForPods() {}

  /**
   * The route files, as paths within their folder, that its {@code Kustomization} does not list;
   * none where there is no such file.
   *
   * @throws IOException where the folder can not be read
   */
  static List<String> missing(Path folder) throws IOException {
    Path list = folder.resolve("Kustomization");
    if (!Files.exists(list)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(list)) {
      Set<String> listed =
          lines.map(line -> line.strip().replaceFirst("^- +", "")).collect(Collectors.toSet());
      return FolderFiles.read(folder).keySet().stream()
          .filter(file -> !listed.contains(file))
          .toList();
    }
  }
}
