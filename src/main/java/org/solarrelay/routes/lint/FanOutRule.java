package org.solarrelay.routes.lint;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fan-out keeps the event as its body and names its destinations in the file. No other route adds
 * deliveries, and only the program calls fan-out.
 */
final class FanOutRule implements Rule {

  private static final Set<String> REPLACES_BODY =
      Set.of("setBody", "transform", "convertBodyTo", "script", "sort");
  private static final Set<String> BY_VARIABLE =
      Set.of("marshal", "unmarshal", "to", "toD", "enrich", "poll", "pollEnrich");
  private static final Set<String> LEAVES_BODY = Set.of("direct", "delivery", "topic", "log");

  private static final String FILTER =
      "Write a filter with a condition and \"to: delivery:<destination>\" for each destination";

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    Set<String> ofFanOut = reachedFromFanOut(index);
    Stream<Problem> outside =
        index
            .units()
            .filter(unit -> !ofFanOut.contains(unit.begin()) && !isFanOut(unit))
            .flatMap(RouteUnit::calls)
            .filter(use -> use.scheme().equals("delivery"))
            .map(FanOutRule::outside);
    Stream<Problem> callers =
        index
            .endpoints()
            .filter(use -> !use.consumer() && use.address().equals(RouteRole.FAN_OUT_ADDRESS))
            .map(
                use ->
                    use.problem(
                        "only the program calls direct:fan-out, with an event of a topic",
                        "Write \"topic:events\": the event is then stored and fanned out"));
    Stream<Problem> bodies =
        index
            .units()
            .filter(unit -> unit.role() == RouteRole.FAN_OUT)
            .flatMap(unit -> unit.steps().flatMap(step -> body(unit, step)));
    Stream<Problem> dynamic =
        index.endpoints().filter(FanOutRule::isDynamicDelivery).map(FanOutRule::dynamic);
    return Stream.of(outside, callers, bodies, dynamic).flatMap(it -> it);
  }

  private static Set<String> reachedFromFanOut(RouteFolderIndex index) {
    return index.beginningAt(RouteRole.FAN_OUT_ADDRESS).stream()
        .flatMap(fanOut -> index.reachedFrom(fanOut).stream())
        .map(RouteUnit::begin)
        .collect(Collectors.toSet());
  }

  /** Whether the route is fan-out; a misspelt endpoint of fan-out is another rule's problem. */
  private static boolean isFanOut(RouteUnit unit) {
    return RouteRole.FAN_OUT_ADDRESS.endsWith(":" + unit.name());
  }

  private static Problem outside(EndpointUse use) {
    return use.problem(
        "%s is sent to by a route that is none of fan-out".formatted(use.address()),
        "Send an event of its own to topic:events, or put the step into fan-out.camel.yaml");
  }

  private static boolean isDynamicDelivery(EndpointUse use) {
    return !use.consumer() && use.scheme().equals("delivery") && use.isDynamic();
  }

  private static Problem dynamic(EndpointUse use) {
    return use.problem("a message names the destination here", FILTER);
  }

  private static Stream<Problem> body(RouteUnit unit, RouteStep step) {
    boolean replaces =
        REPLACES_BODY.contains(step.name())
            || BY_VARIABLE.contains(step.name()) && replacesByVariable(step);
    return replaces
        ? Stream.of(
            unit.file()
                .problem(
                    step.key(),
                    "%s replaces the event, which is the body of fan-out to its end"
                        .formatted(step.name()),
                    step.name().equals("setBody")
                        ? setBodyFix(step)
                        : "Compute a value with setVariable"))
        : Stream.empty();
  }

  private static String setBodyFix(RouteStep step) {
    return "%s; compute a value with setVariable".formatted(FILTER);
  }

  private static boolean replacesByVariable(RouteStep step) {
    String uri = step.value().isText() ? step.value().text() : step.value().textAt("uri");
    boolean leaves = uri != null && LEAVES_BODY.contains(uri.replaceFirst(":.*", ""));
    return !leaves && step.value().get("variableReceive") == null;
  }
}
