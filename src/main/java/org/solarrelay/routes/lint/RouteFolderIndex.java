package org.solarrelay.routes.lint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.solarrelay.event.CustomEventTypes;
import org.solarrelay.event.EventType;

/** The YAML files of a folder, with indexes that rules need. */
public final class RouteFolderIndex {

  private static final String DELIVERY = "delivery:";

  private final List<SourceFile> files;
  private final Set<String> addedTypes;
  private final Set<String> ownDestinations;
  private final Set<String> unreadable;
  private final List<RouteUnit> units;
  private final Map<String, List<RouteUnit>> begins;

  /**
   * @param addedTypes the event types that schemas of the folder add
   * @param ownDestinations the names in {@code destinations.yaml}
   * @param unreadable the paths of the files that cannot be read; no index has them
   */
  RouteFolderIndex(
      List<SourceFile> files,
      Set<String> addedTypes,
      Set<String> ownDestinations,
      Set<String> unreadable) {
    this.files = files;
    this.ownDestinations = ownDestinations;
    this.addedTypes = addedTypes;
    this.unreadable = unreadable;
    this.units = files.stream().flatMap(SourceFile::units).toList();
    this.begins = units.stream().collect(Collectors.groupingBy(RouteUnit::begin));
  }

  /** Indexes the files that can be read. */
  public static RouteFolderIndex of(Map<String, String> files) {
    List<SourceFile> readable = new ArrayList<>();
    files.forEach(
        (name, text) -> SourceFile.read(name, text, new ArrayList<>()).ifPresent(readable::add));
    return new RouteFolderIndex(
        readable, CustomEventTypes.namesIn(files), DestinationsFile.names(files), Set.of());
  }

  /** Whether a kamelet exists, in a readable or an unreadable file. */
  boolean hasKamelet(String name) {
    return kameletsByName().containsKey(name)
        || unreadable.contains("kamelets/%s.kamelet.yaml".formatted(name));
  }

  /**
   * Whether a file that cannot be read may hold the route behind an address, such as {@code
   * direct:deliver-crm-notes}: its routes have ids that begin with its name.
   */
  boolean mayServe(EndpointUse use) {
    String id = use.scheme().equals("delivery") ? "deliver-" + use.name() : use.name();
    return unreadable.stream()
        .filter(FilePlace::isRoutes)
        .map(path -> path.replace(".camel.yaml", ""))
        .anyMatch(stem -> id.equals(stem) || id.startsWith(stem + "-"));
  }

  /** Whether a destination may exist: true as well if {@code destinations.yaml} cannot be read. */
  boolean knowsDestination(String name) {
    return unreadable.contains(DestinationsFile.NAME) || destinations().contains(name);
  }

  /** The destinations that are built in, in {@code destinations.yaml}, or served by a route. */
  Set<String> destinations() {
    Set<String> names = new TreeSet<>(DestinationsFile.builtIn());
    names.addAll(ownDestinations);
    entries().stream()
        .filter(address -> address.startsWith(DELIVERY))
        .map(address -> address.substring(DELIVERY.length()))
        .forEach(names::add);
    return names;
  }

  public List<SourceFile> files() {
    return files;
  }

  /** The event types of the vocabulary and those that the folder adds. */
  Set<String> eventTypes() {
    Set<String> types = new TreeSet<>(addedTypes);
    Arrays.stream(EventType.values()).map(EventType::id).forEach(types::add);
    return types;
  }

  /** The routes and the kamelets of all files. */
  Stream<RouteUnit> units() {
    return units.stream();
  }

  /** The routes that begin at an address, such as {@code direct:fan-out}. */
  List<RouteUnit> beginningAt(String address) {
    return begins.getOrDefault(address, List.of());
  }

  /** A route and all routes that it calls by {@code direct:}, directly or indirectly. */
  Set<RouteUnit> reachedFrom(RouteUnit begin) {
    Set<RouteUnit> reached = new HashSet<>(Set.of(begin));
    Set<RouteUnit> next = reached;
    while (!next.isEmpty()) {
      next =
          next.stream()
              .flatMap(RouteUnit::calls)
              .filter(use -> use.scheme().equals("direct"))
              .flatMap(use -> beginningAt(use.address()).stream())
              .filter(unit -> !reached.contains(unit))
              .collect(Collectors.toSet());
      reached.addAll(next);
    }
    return reached;
  }

  Stream<SourceFile> routeFiles() {
    return files.stream().filter(file -> !file.isKamelet());
  }

  Stream<SourceFile> kamelets() {
    return files.stream().filter(SourceFile::isKamelet);
  }

  public Stream<EndpointUse> endpoints() {
    return files.stream().flatMap(file -> file.endpoints().stream());
  }

  /** The kamelets' files by name. */
  public Map<String, SourceFile> kameletsByName() {
    return kamelets()
        .collect(Collectors.toMap(SourceFile::stem, file -> file, (a, b) -> a, TreeMap::new));
  }

  /** The endpoints that routes or the program can call, such as {@code direct:fan-out}. */
  public Set<String> entries() {
    return endpoints()
        .filter(EndpointUse::consumer)
        .filter(use -> use.scheme().equals("direct") || use.scheme().equals("delivery"))
        .map(EndpointUse::address)
        .collect(Collectors.toSet());
  }
}
