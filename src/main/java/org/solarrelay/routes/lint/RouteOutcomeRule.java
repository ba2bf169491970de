package org.solarrelay.routes.lint;

import java.util.Optional;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.solarrelay.mapping.jq.JqQuery;

/** {@code routeOutcome.delivered} is called without arguments, or with jq on the response. */
final class RouteOutcomeRule implements Rule {

  private static final String FIX =
      "Write delivered(), or delivered('.id') with jq that takes the vendor's id from the response";

  private final FileCheck perFile = new FileCheck(RouteOutcomeRule::inFile);

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index.files().stream().flatMap(perFile::of);
  }

  private static Stream<Problem> inFile(SourceFile file) {
    return file.entries()
        .map(YamlNode.Entry::value)
        .filter(step -> "routeOutcome".equals(step.textAt("ref")))
        .map(step -> step.get("method"))
        .filter(method -> method != null && method.isText())
        .flatMap(
            method ->
                problem(MethodCall.of(method.text()))
                    .map(problem -> file.problem(method, problem, FIX))
                    .stream());
  }

  private static Optional<String> problem(MethodCall call) {
    if (!call.name().equals("delivered") || call.arguments() == 0) {
      return Optional.empty();
    }
    if (call.arguments() < 0) {
      return Optional.of("Camel cannot know which \"delivered\" of routeOutcome is meant");
    }
    String jq = call.values().get(0).replaceAll("^['\"]|['\"]$", "");
    if (call.arguments() > 1) {
      return Optional.of("routeOutcome takes the response by itself");
    }
    try {
      return JqQuery.compile(jq).refusals().stream()
          .findFirst()
          .map(refusal -> "in the jq %s, %s".formatted(jq, refusal.problem()));
    } catch (JsonQueryException e) {
      return Optional.of("the jq %s cannot be read".formatted(jq));
    }
  }
}
