package org.solarrelay.routes.lint;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Each called {@code direct:} or {@code delivery:} endpoint has exactly one route. */
final class DirectRule implements Rule {

  private static final Set<String> SCHEMES = Set.of("direct", "delivery");

  /** The prefix of deliver routes' endpoints in earlier versions. */
  private static final String EARLIER = "direct:deliver-";

  /** The endpoints that the pipeline calls, with the sources of the program. */
  private static final Set<String> CALLED_BY_PROGRAM = calledByProgram();

  private static final int MAX_DISTANCE = 2;

  private static Set<String> calledByProgram() {
    Set<String> names = new TreeSet<>(Set.of("fan-out"));
    ReleaseProperties.below("relay.sources").forEach(source -> names.add("translate-" + source));
    return names;
  }

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    Set<String> served = index.entries();
    return Stream.of(
            unserved(index, served),
            elsewhere(index, served),
            duplicates(index),
            earlier(index),
            misspelt(index))
        .flatMap(problems -> problems);
  }

  private static Stream<Problem> unserved(RouteFolderIndex index, Set<String> served) {
    return calls(index)
        .filter(use -> !served.contains(use.address()) && !index.mayServe(use))
        .filter(use -> namesake(index, use).isEmpty())
        .map(
            use ->
                use.problem(
                    "no route begins at %s".formatted(use.address()),
                    SpellingSuggestion.hint(use.name(), names(use.scheme(), served))));
  }

  /** The route with the called name that begins at a misspelt endpoint: the mistake is there. */
  private static Stream<Problem> elsewhere(RouteFolderIndex index, Set<String> served) {
    return calls(index)
        .filter(use -> !served.contains(use.address()) && !index.mayServe(use))
        .flatMap(use -> namesake(index, use).map(begin -> elsewhere(begin, use)).stream())
        .distinct();
  }

  private static Problem elsewhere(EndpointUse begin, EndpointUse call) {
    return begin.problem(
        "others call %s, and this route of that name begins elsewhere".formatted(call.address()),
        "Write \"uri: %s\"".formatted(call.address()));
  }

  private static Optional<EndpointUse> namesake(RouteFolderIndex index, EndpointUse call) {
    return index
        .units()
        .filter(unit -> unit.name().equals(name(call)))
        .flatMap(unit -> unit.endpoints().stream().filter(EndpointUse::consumer))
        .filter(begin -> !begin.address().startsWith(EARLIER) || call.scheme().equals("direct"))
        .findFirst();
  }

  private static String name(EndpointUse call) {
    return call.scheme().equals("delivery") ? "deliver-" + call.name() : call.name();
  }

  private static Stream<Problem> duplicates(RouteFolderIndex index) {
    Map<String, EndpointUse> first = new HashMap<>();
    return begins(index)
        .filter(use -> first.putIfAbsent(use.address(), use) != null)
        .map(
            use ->
                use.problem(
                    "a route in %s begins at %s too"
                        .formatted(first.get(use.address()).file().name(), use.address()),
                    "Let one of the two begin elsewhere"));
  }

  private static Stream<Problem> earlier(RouteFolderIndex index) {
    Set<String> called = calls(index).map(EndpointUse::address).collect(Collectors.toSet());
    return begins(index)
        .filter(use -> use.address().startsWith(EARLIER) && !called.contains(use.address()))
        .map(
            use ->
                use.problem(
                    "nothing is sent to %s".formatted(use.address()),
                    earlierFix(index, use.address().substring(EARLIER.length()))));
  }

  private static String earlierFix(RouteFolderIndex index, String destination) {
    boolean isPart =
        index.entries().stream()
            .anyMatch(address -> ("delivery:" + destination).startsWith(address + "-"));
    return isPart
        ? "Send to it from the route of that destination, or delete it"
        : "Write delivery:%s".formatted(destination);
  }

  /** A route that nothing calls, whose name resembles a name that the program calls. */
  private static Stream<Problem> misspelt(RouteFolderIndex index) {
    Set<String> called = calls(index).map(EndpointUse::address).collect(Collectors.toSet());
    Set<String> served = index.entries();
    return begins(index)
        .filter(use -> use.scheme().equals("direct") && !called.contains(use.address()))
        .filter(use -> !CALLED_BY_PROGRAM.contains(use.name()))
        .flatMap(
            use ->
                SpellingSuggestion.of(use.name(), CALLED_BY_PROGRAM, MAX_DISTANCE)
                    .filter(name -> !served.contains("direct:" + name))
                    .map(
                        name ->
                            use.problem(
                                "nothing is sent to %s".formatted(use.address()),
                                "Did you mean \"direct:%s\"?".formatted(name)))
                    .stream());
  }

  private static Stream<EndpointUse> begins(RouteFolderIndex index) {
    return index.endpoints().filter(use -> SCHEMES.contains(use.scheme()) && use.consumer());
  }

  private static Stream<EndpointUse> calls(RouteFolderIndex index) {
    return index
        .endpoints()
        .filter(use -> SCHEMES.contains(use.scheme()) && !use.consumer() && !use.isDynamic());
  }

  private static Set<String> names(String scheme, Set<String> served) {
    return served.stream()
        .filter(address -> address.startsWith(scheme + ":"))
        .map(address -> address.substring(scheme.length() + 1))
        .collect(Collectors.toSet());
  }
}
