package org.solarrelay.routes;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.solarrelay.routes.lint.EndpointUse;
import org.solarrelay.routes.lint.RouteFolderIndex;
import org.solarrelay.routes.lint.SourceFile;
import org.solarrelay.routes.lint.YamlNode;

/**
 * Plans a reload: the routes and kamelets to load, and those to remove. A route is loaded again if
 * its own text has changed, or a kamelet that it calls directly or through another; all others
 * stay.
 */
final class ReloadPlan {

  private final int revision;
  private final UnaryOperator<String> contents;
  private final Map<String, String> files;
  private final Map<String, RouteVersion> before;
  private final Map<String, RouteVersion> kamelets = new TreeMap<>();
  private final Map<String, RouteVersion> routes = new TreeMap<>();
  private final Map<String, String> kameletTexts = new TreeMap<>();
  private final Map<String, String> routeTexts = new TreeMap<>();

  /**
   * @param files text by path, accepted by lint
   * @param routes the routes in force, by name
   * @param kamelets the kamelets in force, by name
   * @param contents the part of a text that decides whether the route has changed
   */
  ReloadPlan(
      Map<String, String> files,
      Map<String, RouteVersion> routes,
      Map<String, RouteVersion> kamelets,
      int revision,
      UnaryOperator<String> contents) {
    this.contents = contents;
    this.files = files;
    this.before = routes;
    this.revision = revision;
    RouteFolderIndex set = RouteFolderIndex.of(files);
    Map<String, SourceFile> sources = set.kameletsByName();
    sources.forEach((name, file) -> version(name, file, sources, kamelets));
    set.files().stream().filter(file -> !file.isKamelet()).forEach(this::addRoutes);
  }

  int revision() {
    return revision;
  }

  /** The routes in force after the reload, by name. */
  Map<String, RouteVersion> routes() {
    return routes;
  }

  /** The kamelets in force after the reload, by name. */
  Map<String, RouteVersion> kamelets() {
    return kamelets;
  }

  /** The kamelets to load, before the routes, by file. */
  Map<String, String> kameletTexts() {
    return kameletTexts;
  }

  /** The routes to load, by file; each line keeps its number. */
  Map<String, String> routeTexts() {
    return routeTexts;
  }

  /** The ids of the routes that the reload removes. */
  Set<String> gone() {
    Set<String> staying =
        routes.values().stream().map(RouteVersion::id).collect(Collectors.toSet());
    return before.values().stream()
        .map(RouteVersion::id)
        .filter(id -> !staying.contains(id))
        .collect(Collectors.toSet());
  }

  private RouteVersion version(
      String name,
      SourceFile file,
      Map<String, SourceFile> sources,
      Map<String, RouteVersion> known) {
    if (kamelets.containsKey(name)) {
      return kamelets.get(name);
    }
    String text = files.get(file.name());
    Set<String> kameletsOf = kameletsOf(file);
    kameletsOf.stream()
        .filter(sources::containsKey)
        .forEach(called -> version(called, sources.get(called), sources, known));
    RouteVersion now =
        new RouteVersion(
            file.name(), contents.apply(text), RouteIds.of(name, revision), kameletsOf);
    RouteVersion version = isUnchanged(known.get(name), now) ? known.get(name) : now;
    kamelets.put(name, version);
    if (version == now) {
      VersionedSource edits = new VersionedSource(text, revision);
      edits.replaceName(file.root().at("metadata", "name"), version.id());
      edits.pointCallsTo(file.endpoints(), kamelets);
      kameletTexts.put(file.name(), edits.applied());
    }
    return version;
  }

  private void addRoutes(SourceFile file) {
    VersionedSource edits = new VersionedSource(files.get(file.name()), revision);
    boolean anyNew = false;
    for (YamlNode item : file.root().items()) {
      YamlNode route = item.get("route");
      SourceFile alone = new SourceFile(file.name(), item);
      String name = route.textAt("id");
      String content = contents.apply(edits.of(item));
      RouteVersion now =
          new RouteVersion(file.name(), content, RouteIds.of(name, revision), kameletsOf(alone));
      RouteVersion known = before.get(name);
      boolean isUnchanged = isUnchanged(known, now);
      routes.put(
          name,
          isUnchanged ? new RouteVersion(file.name(), content, known.id(), now.kamelets()) : now);
      if (isUnchanged) {
        edits.remove(item);
      } else {
        anyNew = true;
        edits.renameIds(route);
        edits.pointCallsTo(alone.endpoints(), kamelets);
      }
    }
    if (anyNew) {
      routeTexts.put(file.name(), edits.applied());
    }
  }

  private boolean isUnchanged(RouteVersion known, RouteVersion now) {
    return known != null
        && known.content().equals(now.content())
        && now.kamelets().stream()
            .noneMatch(name -> RouteIds.isOf(kamelets.get(name).id(), revision));
  }

  private static Set<String> kameletsOf(SourceFile file) {
    Set<String> names = new TreeSet<>();
    file.endpoints().stream().map(EndpointUse::kamelet).forEach(names::add);
    names.removeAll(Set.of("", "source", "sink"));
    return new HashSet<>(names);
  }
}
