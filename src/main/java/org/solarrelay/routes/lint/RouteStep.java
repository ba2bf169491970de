package org.solarrelay.routes.lint;

import java.util.List;
import java.util.stream.Stream;

/** One step of a route, such as {@code - filter:} with its content. */
record RouteStep(YamlNode.Entry entry) {

  private static final String STEPS = "steps";

  /** Every list of steps in a part of a file, at any depth. */
  static Stream<List<RouteStep>> listsIn(YamlNode part) {
    return part.allEntries().stream()
        .filter(entry -> STEPS.equals(entry.name()) && entry.value().isList())
        .map(entry -> list(entry.value()));
  }

  /** Every step in a part of a file, at any depth. */
  static Stream<RouteStep> in(YamlNode part) {
    return listsIn(part).flatMap(List::stream);
  }

  /** The steps directly below a step, a branch or a {@code from}. */
  static List<RouteStep> below(YamlNode value) {
    YamlNode steps = value.get(STEPS);
    return steps == null ? List.of() : list(steps);
  }

  private static List<RouteStep> list(YamlNode steps) {
    return steps.items().stream()
        .flatMap(item -> item.entries().stream().limit(1))
        .map(RouteStep::new)
        .toList();
  }

  String name() {
    return String.valueOf(entry.name());
  }

  YamlNode key() {
    return entry.key();
  }

  YamlNode value() {
    return entry.value();
  }

  /** The branches of a {@code choice}, including {@code otherwise}. */
  List<YamlNode> branches() {
    YamlNode when = value().get("when");
    Stream<YamlNode> conditions = when == null ? Stream.empty() : when.items().stream();
    return Stream.concat(conditions, Stream.ofNullable(value().get("otherwise"))).toList();
  }
}
