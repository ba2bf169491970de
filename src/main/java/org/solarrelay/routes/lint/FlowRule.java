package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A route has steps, and every step can be reached. */
final class FlowRule implements Rule {

  private static final Set<String> ENDS = Set.of("stop", "throwException", "rollback");

  @Override
  public Stream<Problem> check(RouteFolderIndex folder) {
    return folder.units().flatMap(FlowRule::ofUnit);
  }

  private static Stream<Problem> ofUnit(RouteUnit unit) {
    Stream<Problem> unreached =
        RouteStep.listsIn(unit.node()).flatMap(steps -> unreached(unit.file(), steps));
    return Stream.concat(withoutSteps(unit), unreached);
  }

  private static Stream<Problem> withoutSteps(RouteUnit unit) {
    YamlNode from = unit.node().get("from");
    return from == null || !RouteStep.below(from).isEmpty()
        ? Stream.empty()
        : Stream.of(
            unit.file()
                .problem(
                    from,
                    "the route %s has no steps: what it receives is lost".formatted(unit.name()),
                    "Write its steps below \"steps:\"; the file may have been cut"));
  }

  private static Stream<Problem> unreached(SourceFile file, List<RouteStep> steps) {
    for (int index = 0; index < steps.size() - 1; index++) {
      RouteStep end = steps.get(index);
      if (ends(end)) {
        return Stream.of(
            file.problem(
                steps.get(index + 1).key(),
                "this step is never reached: \"%s\" in line %d ends the message before"
                    .formatted(end.name(), end.key().line()),
                "Move it before that step, or put that step into a filter or a when"));
      }
    }
    return Stream.empty();
  }

  /** Whether no message continues after a step. */
  private static boolean ends(RouteStep step) {
    boolean complete = step.name().equals("choice") && step.value().get("otherwise") != null;
    return ENDS.contains(step.name())
        || complete && step.branches().stream().allMatch(FlowRule::endsBelow);
  }

  private static boolean endsBelow(YamlNode branch) {
    return RouteStep.below(branch).stream().anyMatch(FlowRule::ends);
  }
}
