package org.solarrelay.routes.lint;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is sent to a {@code direct:} or {@code delivery:} endpoint arrives at one route. */
final class DirectRule implements Rule {

  private static final Set<String> SCHEMES = Set.of("direct", "delivery");

  /** How a route began that delivers to a destination, in earlier versions. */
  private static final String EARLIER = "direct:deliver-";

  @Override
  public Stream<Problem> check(RouteSet set) {
    Set<String> served = set.entries();
    return Stream.of(unserved(set, served), doubled(set), earlier(set))
        .flatMap(problems -> problems);
  }

  private static Stream<Problem> unserved(RouteSet set, Set<String> served) {
    return calls(set)
        .filter(use -> !served.contains(use.address()) && !set.mayServe(use))
        .map(
            use ->
                use.problem(
                    "no route begins at %s".formatted(use.address()),
                    Nearest.hint(use.name(), names(use.scheme(), served))));
  }

  private static Stream<Problem> doubled(RouteSet set) {
    Map<String, EndpointUse> first = new HashMap<>();
    return begins(set)
        .filter(use -> first.putIfAbsent(use.address(), use) != null)
        .map(
            use ->
                use.problem(
                    "a route in %s begins at %s too"
                        .formatted(first.get(use.address()).file().name(), use.address()),
                    "Let one of the two begin elsewhere"));
  }

  private static Stream<Problem> earlier(RouteSet set) {
    Set<String> called = calls(set).map(EndpointUse::address).collect(Collectors.toSet());
    return begins(set)
        .filter(use -> use.address().startsWith(EARLIER) && !called.contains(use.address()))
        .map(
            use ->
                use.problem(
                    "nothing is sent to %s".formatted(use.address()),
                    "Write delivery:%s".formatted(use.address().substring(EARLIER.length()))));
  }

  private static Stream<EndpointUse> begins(RouteSet set) {
    return set.endpoints().filter(use -> SCHEMES.contains(use.scheme()) && use.consumer());
  }

  private static Stream<EndpointUse> calls(RouteSet set) {
    return set.endpoints()
        .filter(use -> SCHEMES.contains(use.scheme()) && !use.consumer() && !use.isDynamic());
  }

  private static Set<String> names(String scheme, Set<String> served) {
    return served.stream()
        .filter(address -> address.startsWith(scheme + ":"))
        .map(address -> address.substring(scheme.length() + 1))
        .collect(Collectors.toSet());
  }
}
