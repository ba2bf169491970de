package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.solarrelay.event.CustomEventTypes;

/** A route file or kamelet that is YAML. */
public final class SourceFile {

  private static final String ROUTES = ".camel.yaml";
  private static final String KAMELET = ".kamelet.yaml";
  private static final String KAMELETS = "kamelets/";

  private final String name;
  private final YamlNode root;
  private final List<YamlNode.Entry> entries;
  private final List<EndpointUse> endpoints;
  private List<RouteUnit> units;

  /**
   * @param name the path within the folder
   */
  public SourceFile(String name, YamlNode root) {
    this.name = name;
    this.root = root;
    this.entries = root.allEntries();
    this.endpoints = entries.stream().flatMap(this::endpoint).toList();
  }

  /** Reads a route file or kamelet; empty, with problems added, if it cannot be read. */
  static Optional<SourceFile> read(String name, String text, List<Problem> problems) {
    if (CustomEventTypes.isSchema(name)) {
      EventSchemaFile.problem(name, text).ifPresent(problems::add);
      return Optional.empty();
    }
    if (DestinationsFile.isDestinations(name)) {
      DestinationsFile.read(text, problems);
      return Optional.empty();
    }
    if (!isRoutes(name) && !isKamelet(name)) {
      problems.add(FilePlace.unread(name));
      return Optional.empty();
    }
    return YamlSyntax.read(name, text, problems).map(root -> new SourceFile(name, root));
  }

  static boolean isRoutes(String name) {
    return FilePlace.isRoutes(name);
  }

  static boolean isKamelet(String name) {
    return FilePlace.isKamelet(name);
  }

  public boolean isKamelet() {
    return isKamelet(name);
  }

  /** The name that the file's route or kamelet must have. */
  public String stem() {
    return name.replace(KAMELETS, "").replace(KAMELET, "").replace(ROUTES, "");
  }

  /** The {@code route} mappings of a route file. */
  public List<YamlNode> routes() {
    return root.items().stream()
        .map(item -> item.get("route"))
        .filter(route -> route != null && route.isMap())
        .toList();
  }

  public String name() {
    return name;
  }

  public YamlNode root() {
    return root;
  }

  /** All keys with their values, at any depth. */
  public Stream<YamlNode.Entry> entries() {
    return entries.stream();
  }

  /** Every endpoint that the file names. */
  public List<EndpointUse> endpoints() {
    return endpoints;
  }

  /** The routes, or the kamelet's template. */
  synchronized Stream<RouteUnit> units() {
    if (units == null) {
      units = RouteUnit.of(this).toList();
    }
    return units.stream();
  }

  private Stream<EndpointUse> endpoint(YamlNode.Entry entry) {
    YamlNode value = entry.value();
    if (value.textAt("uri") != null) {
      boolean consumer = "from".equals(entry.name());
      Optional<YamlNode> parameters = Optional.ofNullable(value.get("parameters"));
      return Stream.of(new EndpointUse(this, value.get("uri"), parameters, consumer));
    }
    boolean shortForm = value.isText() && List.of("to", "toD", "wireTap").contains(entry.name());
    return shortForm
        ? Stream.of(new EndpointUse(this, value, Optional.empty(), false))
        : Stream.empty();
  }

  /**
   * A problem at a mistake in a part of a text.
   *
   * @param begin the offset of the part, in chars
   */
  Problem problem(YamlNode where, int begin, SyntaxMistake mistake) {
    return problem(where, begin + mistake.offset(), mistake.problem(), mistake.fix());
  }

  /** A problem of one character of a text. */
  Problem problem(YamlNode where, int offset, String problem, String fix) {
    YamlNode.Position at = where.positionAt(offset);
    return new Problem(name, at.line(), at.column(), problem, fix);
  }

  Problem problem(YamlNode where, String problem, String fix) {
    return new Problem(name, where.line(), where.column(), problem, fix);
  }

  /** A problem at a part of a value, such as one word of an expression. */
  Problem problem(YamlNode where, String part, String problem, String fix) {
    YamlNode.Position at = where.positionOf(part);
    return new Problem(name, at.line(), at.column(), problem, fix);
  }
}
