package org.solarrelay.routes.lint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.solarrelay.event.AddedTypes;
import org.solarrelay.event.EventType;

/** The files of a folder that are YAML, as rules look at them: all together. */
public final class RouteSet {

  private final List<SourceFile> files;
  private final Set<String> addedTypes;

  /**
   * @param addedTypes the event types that schemas of the folder add
   */
  RouteSet(List<SourceFile> files, Set<String> addedTypes) {
    this.files = files;
    this.addedTypes = addedTypes;
  }

  /** The files that can be read; those that can not are left out. */
  public static RouteSet of(Map<String, String> files) {
    List<SourceFile> readable = new ArrayList<>();
    files.forEach(
        (name, text) -> SourceFile.read(name, text, new ArrayList<>()).ifPresent(readable::add));
    return new RouteSet(readable, AddedTypes.namesIn(files));
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

  /** Where routes begin that others, or the program itself, send to: {@code direct:fan-out}. */
  public Set<String> entries() {
    return endpoints()
        .filter(EndpointUse::consumer)
        .filter(use -> use.scheme().equals("direct") || use.scheme().equals("delivery"))
        .map(EndpointUse::address)
        .collect(Collectors.toSet());
  }
}
