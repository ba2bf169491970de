package org.solarrelay.dryrun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The route files of a dry run, and which file calls which. */
final class RouteGraph {

  private final List<RouteFile> files;

  private RouteGraph(List<RouteFile> files) {
    this.files = files;
  }

  /**
   * @param texts of route files and kamelets, by path within their folder
   * @throws IOException if a file is not YAML
   */
  static RouteGraph of(Map<String, String> texts) throws IOException {
    List<RouteFile> files = new ArrayList<>();
    for (Map.Entry<String, String> file : new TreeMap<>(texts).entrySet()) {
      if (RouteFile.is(file.getKey())) {
        files.add(RouteFile.read(file.getKey(), file.getValue()));
      }
    }
    return new RouteGraph(files);
  }

  static List<Path> list(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  /** The names that the files serve, except kamelets. */
  Set<String> names() {
    return files.stream()
        .flatMap(file -> file.serves().stream())
        .filter(name -> !name.startsWith("kamelet:"))
        .collect(Collectors.toSet());
  }

  boolean serves(String name) {
    return files.stream().anyMatch(file -> file.serves().contains(name));
  }

  /** The files by which a message of the same stage can reach a route. */
  Collection<RouteFile> leadingTo(String route) {
    return files.stream()
        .filter(file -> file.serves().stream().anyMatch(name -> leads(name, route)))
        .toList();
  }

  private boolean leads(String from, String route) {
    return reachedFrom(from).stream().anyMatch(file -> file.serves().contains(route));
  }

  /** The names at which a message can enter. */
  Set<String> entries() {
    Set<String> entries = new TreeSet<>();
    files.forEach(file -> entries.addAll(file.serves()));
    return entries;
  }

  /** The names of the routes in these files, and in files that call a kamelet of theirs. */
  Set<String> routesOf(Set<String> paths) {
    Set<RouteFile> found = new LinkedHashSet<>();
    Set<String> served = new TreeSet<>();
    boolean more = true;
    while (more) {
      more = false;
      for (RouteFile file : files) {
        boolean calls = file.calls().stream().anyMatch(served::contains);
        if ((paths.contains(file.path()) || calls) && found.add(file)) {
          more = true;
          file.serves().stream().filter(name -> name.startsWith("kamelet:")).forEach(served::add);
        }
      }
    }
    Set<String> routes = new TreeSet<>();
    found.forEach(file -> routes.addAll(file.serves()));
    return routes;
  }

  /** All topics that routes read. */
  Set<String> topics() {
    return files.stream()
        .flatMap(file -> file.topics().values().stream())
        .flatMap(List::stream)
        .collect(Collectors.toSet());
  }

  /** The ids of the routes that read a topic. */
  List<String> readersOf(String topic) {
    return files.stream()
        .flatMap(file -> file.topics().entrySet().stream())
        .filter(route -> route.getValue().contains(topic))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The topics that a route reads; none if it begins elsewhere. */
  List<String> topicsOf(String route) {
    return files.stream()
        .map(file -> file.topics().getOrDefault(route, List.of()))
        .filter(names -> !names.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** The files that a message from {@code direct:<entry>} can reach. */
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
