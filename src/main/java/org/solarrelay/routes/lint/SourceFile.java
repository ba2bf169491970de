package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.solarrelay.event.AddedTypes;

/** A route file or kamelet that is YAML. */
public final class SourceFile {

  private static final String ROUTES = ".camel.yaml";
  private static final String KAMELET = ".kamelet.yaml";
  private static final String KAMELETS = "kamelets/";

  private final String name;
  private final YamlNode root;
  private final List<YamlNode.Entry> entries;
  private final List<EndpointUse> endpoints;

  /**
   * @param name its path within the folder
   */
  public SourceFile(String name, YamlNode root) {
    this.name = name;
    this.root = root;
    this.entries = root.allEntries();
    this.endpoints = entries.stream().flatMap(this::endpoint).toList();
  }

  /**
   * A file of routes or a kamelet that can be read; what is wrong with one that can not, or with
   * another, is added to the problems.
   */
  static Optional<SourceFile> read(String name, String text, List<Problem> problems) {
    if (AddedTypes.isSchema(name)) {
      EventSchemaFile.problem(name, text).ifPresent(problems::add);
      return Optional.empty();
    }
    if (!isRoutes(name) && !isKamelet(name)) {
      String mend = "Routes are <name>.camel.yaml, kamelets kamelets/<name>.kamelet.yaml";
      problems.add(new Problem(name, 1, 1, "this file is not read", mend));
      return Optional.empty();
    }
    try {
      Optional<YamlNode> root = YamlNode.parse(text);
      if (root.isPresent() && root.get().containsItself()) {
        problems.add(new Problem(name, 1, 1, "a value contains itself", "Remove the alias"));
      } else if (root.isPresent() && !root.get().isText()) {
        return root.map(node -> new SourceFile(name, node));
      } else {
        problems.add(new Problem(name, 1, 1, "the file is empty", "Fill it, or delete it"));
      }
    } catch (MarkedYamlEngineException e) {
      Mark at = e.getProblemMark().orElse(null);
      problems.add(
          new Problem(
              name,
              at == null ? 1 : at.getLine() + 1,
              at == null ? 1 : at.getColumn() + 1,
              "this is no YAML: %s".formatted(e.getProblem()),
              "Look at the indentation, colons and quotes here and in the line above"));
    } catch (YamlEngineException e) {
      problems.add(
          new Problem(name, 1, 1, "this is no YAML: " + e.getMessage(), "Mend or replace it"));
    }
    return Optional.empty();
  }

  static boolean isRoutes(String name) {
    return name.endsWith(ROUTES) && !name.contains("/");
  }

  static boolean isKamelet(String name) {
    return name.startsWith(KAMELETS) && name.endsWith(KAMELET);
  }

  public boolean isKamelet() {
    return isKamelet(name);
  }

  /** The name that the file's route or kamelet has to have. */
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

  /** All keys with their values, however deep. */
  public Stream<YamlNode.Entry> entries() {
    return entries.stream();
  }

  /** Every endpoint the file names. */
  public List<EndpointUse> endpoints() {
    return endpoints;
  }

  private Stream<EndpointUse> endpoint(YamlNode.Entry entry) {
    YamlNode value = entry.value();
    if (value.textAt("uri") != null) {
      boolean consumer = "from".equals(entry.name());
      return Stream.of(new EndpointUse(this, value.get("uri"), value.get("parameters"), consumer));
    }
    boolean shortForm = value.isText() && List.of("to", "toD", "wireTap").contains(entry.name());
    return shortForm ? Stream.of(new EndpointUse(this, value, null, false)) : Stream.empty();
  }

  Problem problem(YamlNode where, String problem, String mend) {
    return new Problem(name, where.line(), where.column(), problem, mend);
  }

  /** A problem at a part of a value, such as one word of an expression. */
  Problem problem(YamlNode where, String part, String problem, String mend) {
    YamlNode.Position at = where.of(part);
    return new Problem(name, at.line(), at.column(), problem, mend);
  }
}
