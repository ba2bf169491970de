package org.solarrelay.dryrun;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.solarrelay.event.CustomEventTypes;

/** Finds the specs that a change of route files affects. */
final class SpecScope {

  private final RouteGraph before;
  private final RouteGraph after;
  private final Set<String> changed;
  private final Map<String, Set<String>> ofRoutes = new HashMap<>();

  /**
   * @param before text by path
   * @param after text by path
   * @throws IOException if a file is not YAML
   */
  SpecScope(Map<String, String> before, Map<String, String> after) throws IOException {
    this.before = RouteGraph.of(before);
    this.after = RouteGraph.of(after);
    this.changed =
        Stream.concat(before.keySet().stream(), after.keySet().stream())
            .filter(path -> !Objects.equals(before.get(path), after.get(path)))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The paths of the files that differ. */
  Set<String> changed() {
    return changed;
  }

  /** The changed files that the message of a case can reach, before the change or after it. */
  Set<String> filesReachedBy(Spec spec) {
    Set<String> reached = new TreeSet<>();
    reached.addAll(
        spec.route().equals(Spec.EVERYTHING)
            ? filesReachedFrom(entries(spec))
            : ofRoutes.computeIfAbsent(spec.route(), this::filesReachedBy));
    List<String> types = spec.given().findValuesAsText("type");
    changed.stream()
        .filter(CustomEventTypes::isSchema)
        .filter(path -> types.stream().anyMatch(type -> path.contains("/" + type + ".")))
        .forEach(reached::add);
    return reached;
  }

  /**
   * A spec of a called route enters at its callers and passes them, so their files count as well.
   */
  private Set<String> filesReachedBy(String route) {
    Set<String> reached = new TreeSet<>();
    boolean served = false;
    for (RouteGraph graph : List.of(before, after)) {
      if (graph.serves(route)) {
        served = true;
        Stream.concat(graph.reachedFrom(route).stream(), graph.leadingTo(route).stream())
            .map(RouteFile::path)
            .filter(changed::contains)
            .forEach(reached::add);
      }
    }
    return served ? reached : filesReachedFrom(entries(route));
  }

  private Set<String> filesReachedFrom(Set<String> entries) {
    Set<String> reached = new TreeSet<>();
    entries.forEach(entry -> reached.addAll(filesReachedFrom(entry)));
    return reached;
  }

  /** The changed files that a message from {@code entry} can reach. */
  Set<String> filesReachedFrom(String entry) {
    Set<String> reached = new TreeSet<>();
    Stream.of(before, after)
        .flatMap(graph -> graph.reachedFrom(entry).stream())
        .map(RouteFile::path)
        .filter(changed::contains)
        .forEach(reached::add);
    return reached;
  }

  private static Set<String> entries(Spec spec) {
    Set<String> entries = new LinkedHashSet<>(List.of("fan-out"));
    entries.add("translate-" + spec.given().path("webhook").path("source").asText());
    List<String> destinations = new ArrayList<>();
    spec.expect().path("destinations").fieldNames().forEachRemaining(destinations::add);
    destinations.forEach(name -> entries.add("delivery:" + name));
    return entries;
  }

  /** The names at which the message of a route's spec may enter. */
  static Set<String> entries(String route) {
    Set<String> entries = new LinkedHashSet<>(List.of(route));
    String[] words = route.split("-");
    if (words[0].equals("deliver") && words.length > 1) {
      entries.add("delivery:" + words[1]);
    }
    return entries;
  }
}
