package org.solarrelay.routes.lint;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Intake, translate and fan-out, and the routes that they call, do only quick local work: intake
 * runs on the event loop, and translate and fan-out delay a whole batch of a topic.
 */
final class BlockingRule implements Rule {

  private static final Map<RouteRole, String> DELAYED_STAGES =
      new EnumMap<>(
          Map.of(
              RouteRole.INTAKE, "intake, where it would hold up every request",
              RouteRole.TRANSLATE, "translate, where it would hold up all webhooks",
              RouteRole.FAN_OUT, "fan-out, where it would hold up all events",
              RouteRole.TOPIC, "a route from topic:, where it would hold up its whole batch"));

  private static final Set<String> WAITING_STEPS = Set.of("delay", "throttle");
  private static final Set<String> SLOW_AT_INTAKE =
      Set.of(
          "threads",
          "split",
          "loop",
          "multicast",
          "sort",
          "script",
          "unmarshal",
          "marshal",
          "validate",
          "claimCheck");
  private static final Set<String> CLIENTS = Set.of("kamelet", "http", "https", "vertx-http");
  private static final Set<String> QUICK_AT_INTAKE = Set.of("kafka", "direct", "log", "topic");
  private static final Set<RouteRole> NEVER_CALLS =
      Set.of(RouteRole.INTAKE, RouteRole.TRANSLATE, RouteRole.FAN_OUT);

  private static final String DELIVER_FIX =
      "Do it in the route from delivery:<destination>, which waits without delaying others";

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    Stream<Problem> blocking =
        index
            .units()
            .filter(unit -> DELAYED_STAGES.containsKey(unit.role()))
            .flatMap(
                unit -> index.reachedFrom(unit).stream().flatMap(it -> ofUnit(it, unit.role())));
    Stream<Problem> callers =
        index
            .units()
            .filter(unit -> DELAYED_STAGES.containsKey(unit.role()))
            .flatMap(unit -> callers(unit, index));
    return Stream.of(blocking, callers, index.units().flatMap(BlockingRule::synchronous))
        .flatMap(it -> it)
        .distinct();
  }

  /** The calls of a route that is too slow: the caller or the route must change. */
  private static Stream<Problem> callers(RouteUnit unit, RouteFolderIndex index) {
    return unit.calls()
        .filter(use -> use.scheme().equals("direct"))
        .filter(
            use ->
                index.beginningAt(use.address()).stream()
                    .flatMap(called -> index.reachedFrom(called).stream())
                    .anyMatch(it -> ofUnit(it, unit.role()).findAny().isPresent()))
        .map(
            use ->
                use.problem(
                    "%s takes too long for %s"
                        .formatted(use.address(), DELAYED_STAGES.get(unit.role())),
                    DELIVER_FIX));
  }

  private static Stream<Problem> ofUnit(RouteUnit unit, RouteRole role) {
    Stream<Problem> steps =
        unit.steps()
            .filter(step -> waits(step, role))
            .map(
                step ->
                    unit.file()
                        .problem(
                            step.key(),
                            "%s is not for %s".formatted(step.name(), DELAYED_STAGES.get(role)),
                            fix(role)));
    Stream<Problem> calls =
        unit.calls()
            .filter(use -> isCall(use, role))
            .map(
                use ->
                    use.problem(
                        "a call is not for %s".formatted(DELAYED_STAGES.get(role)), DELIVER_FIX));
    return Stream.concat(steps, calls);
  }

  private static boolean waits(RouteStep step, RouteRole role) {
    return WAITING_STEPS.contains(step.name())
        || role == RouteRole.INTAKE && SLOW_AT_INTAKE.contains(step.name());
  }

  private static boolean isCall(EndpointUse use, RouteRole role) {
    if (role == RouteRole.INTAKE && !QUICK_AT_INTAKE.contains(use.scheme())) {
      return true;
    }
    return NEVER_CALLS.contains(role) && (CLIENTS.contains(use.scheme()) || use.isHttpCall());
  }

  private static String fix(RouteRole role) {
    return role == RouteRole.INTAKE
        ? "Append the webhook unchanged; the translate route reads it"
        : DELIVER_FIX;
  }

  private static Stream<Problem> synchronous(RouteUnit unit) {
    return unit.endpoints().stream()
        .filter(use -> "true".equals(use.option("synchronous")))
        .map(
            use ->
                use.problem(
                    use.optionNode("synchronous"),
                    "\"synchronous\" holds a thread until the response is there",
                    "Remove it"));
  }
}
