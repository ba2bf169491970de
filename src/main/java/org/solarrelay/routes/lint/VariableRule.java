package org.solarrelay.routes.lint;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A route reads only variables that its earlier steps set, because a variable of another route is
 * set only if that route ran before.
 */
final class VariableRule implements Rule {

  /** A variable of every delivery: whether an operator has approved it. */
  private static final String APPROVED = "approved";

  private static final Set<String> LOOPS = Set.of("loop", "split");

  private final Map<String, Class<?>> beans = BeanIndex.types();

  private final FileCheck perFile = new FileCheck(this::inFile);

  @Override
  public Stream<Problem> check(RouteFolderIndex folder) {
    return folder.routeFiles().flatMap(perFile::of);
  }

  private Stream<Problem> inFile(SourceFile file) {
    return file.routes().stream().flatMap(route -> ofRoute(file, route));
  }

  private Stream<Problem> ofRoute(SourceFile file, YamlNode route) {
    Map<String, YamlNode> setters = VariableRead.setters(route);
    boolean loops =
        route.allEntries().stream().anyMatch(it -> LOOPS.contains(String.valueOf(it.name())));
    return VariableRead.reads(route, beans)
        .filter(read -> !read.name().equals(APPROVED))
        .flatMap(read -> problem(file, read, setters, loops))
        .distinct();
  }

  private static Stream<Problem> problem(
      SourceFile file, VariableRead read, Map<String, YamlNode> setters, boolean loops) {
    YamlNode setter = setters.get(read.name());
    if (setter == null) {
      return Stream.of(
          file.problem(
              read.where(),
              read.name(),
              "no step of this route sets the variable \"%s\"".formatted(read.name()),
              SpellingSuggestion.of(
                      read.name(), setters.keySet(), Math.max(2, read.name().length() / 3))
                  .map("Did you mean \"%s\"?"::formatted)
                  .orElse("Set it before, by setVariable or variableReceive")));
    }
    return loops || setter.start() < read.where().start() || isOfOneStep(file, setter, read)
        ? Stream.empty()
        : Stream.of(
            file.problem(
                read.where(),
                read.name(),
                "the variable \"%s\" is set only in line %d".formatted(read.name(), setter.line()),
                "Move the step that sets it in front of this one"));
  }

  /** Whether a variable is set and read in one step, where the order of keys has no meaning. */
  private static boolean isOfOneStep(SourceFile file, YamlNode setter, VariableRead read) {
    return file.entries()
        .filter(entry -> "setVariable".equals(entry.name()))
        .map(YamlNode.Entry::value)
        .anyMatch(
            step ->
                step.get("name") != null
                    && step.get("name").start() == setter.start()
                    && step.start() <= read.where().start()
                    && read.where().start() <= step.end());
  }
}
