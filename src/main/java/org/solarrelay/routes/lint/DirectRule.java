package org.solarrelay.routes.lint;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What is sent to a {@code direct:} endpoint arrives at one route. */
final class DirectRule implements Rule {

  @Override
  public Stream<Problem> check(RouteSet set) {
    Set<String> served = set.directNames();
    return Stream.concat(
        set.endpoints()
            .filter(use -> isDirect(use) && !use.consumer() && !use.isDynamic())
            .filter(use -> !served.contains(use.name()))
            .map(use -> unserved(use, served)),
        doubled(set));
  }

  private static Problem unserved(EndpointUse use, Set<String> served) {
    return use.problem(
        "no route begins at direct:%s".formatted(use.name()), Nearest.hint(use.name(), served));
  }

  private static Stream<Problem> doubled(RouteSet set) {
    Map<String, EndpointUse> first = new HashMap<>();
    return set.endpoints()
        .filter(use -> isDirect(use) && use.consumer())
        .filter(use -> first.putIfAbsent(use.name(), use) != null)
        .map(
            use ->
                use.problem(
                    "a route in %s begins at direct:%s too"
                        .formatted(first.get(use.name()).file().name(), use.name()),
                    "Let one of the two begin elsewhere"));
  }

  private static boolean isDirect(EndpointUse use) {
    return use.scheme().equals("direct");
  }
}
