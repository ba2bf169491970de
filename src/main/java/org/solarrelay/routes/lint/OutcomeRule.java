package org.solarrelay.routes.lint;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every path through a route from {@code delivery:} ends with an outcome: an event that no branch
 * handles would count as delivered although nothing was sent.
 */
final class OutcomeRule implements Rule {

  private static final String FIX =
      "End with the bean routeOutcome and \"method: skipped('why')\" for all other events";

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index
        .units()
        .filter(unit -> unit.role() == RouteRole.DELIVERY)
        .flatMap(unit -> open(unit.file(), unit.node().get("from")));
  }

  /** The places where an event passes the steps below a value without an outcome. */
  private static Stream<Problem> open(SourceFile file, YamlNode value) {
    List<RouteStep> steps = RouteStep.below(value);
    if (steps.isEmpty()) {
      return Stream.empty();
    }
    RouteStep last = steps.get(steps.size() - 1);
    return switch (last.name()) {
      case "filter" ->
          acts(steps.subList(0, steps.size() - 1))
              ? Stream.empty()
              : Stream.of(problem(file, last, "a filter at the end"));
      case "choice" -> ofChoice(file, last);
      case "doTry" -> open(file, last.value());
      default -> Stream.empty();
    };
  }

  private static Stream<Problem> ofChoice(SourceFile file, RouteStep choice) {
    Stream<Problem> within = choice.branches().stream().flatMap(branch -> open(file, branch));
    return choice.value().get("otherwise") == null
        ? Stream.concat(Stream.of(problem(file, choice, "a choice without otherwise")), within)
        : within;
  }

  /** Whether a step before the last is a call, whose response is the outcome. */
  private static boolean acts(List<RouteStep> steps) {
    return steps.stream()
        .anyMatch(step -> List.of("to", "toD", "bean", "process").contains(step.name()));
  }

  private static Problem problem(SourceFile file, RouteStep step, String what) {
    return file.problem(
        step.key(),
        "%s: an event that it does not take would count as delivered".formatted(what),
        FIX);
  }
}
