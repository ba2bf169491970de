package org.solarrelay.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** The route files of a folder as they are when they are read, and the usual answers of vendors. */
final class RouteSet {

  private final Path folder;
  private final List<RouteFile> files;
  private final List<VendorAnswer> usualAnswers;

  private RouteSet(Path folder, List<RouteFile> files, List<VendorAnswer> usualAnswers) {
    this.folder = folder;
    this.files = files;
    this.usualAnswers = usualAnswers;
  }

  /**
   * @throws IOException where the folder, or a file in it, can not be read
   */
  static RouteSet read(Path folder) throws IOException {
    List<RouteFile> files = new ArrayList<>();
    for (Path file : list(folder, ".camel.yaml")) {
      files.add(RouteFile.read(file, Files.readString(file)));
    }
    return new RouteSet(folder, files, UsualAnswers.read(folder.resolve("samples/answers")));
  }

  static List<Path> list(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  Path folder() {
    return folder;
  }

  /** What vendors answer where nobody says otherwise, as the settings have their URLs. */
  List<VendorAnswer> usualAnswers(Config settings) {
    return usualAnswers.stream()
        .map(it -> it.as(name -> settings.getOptionalValue(name, String.class).orElse(null)))
        .toList();
  }

  boolean serves(String name) {
    return files.stream().anyMatch(file -> file.serves().contains(name));
  }

  /** The files that a message may pass which enters at {@code direct:<entry>}. */
  Collection<RouteFile> reachedFrom(String entry) {
    Set<RouteFile> reached = new LinkedHashSet<>();
    Deque<String> next = new ArrayDeque<>(List.of(entry));
    while (!next.isEmpty()) {
      String name = next.pop();
      for (RouteFile file : files) {
        if (file.serves().contains(name) && reached.add(file)) {
          next.addAll(file.calls());
        }
      }
    }
    return reached;
  }
}
