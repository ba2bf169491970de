package org.solarrelay.routes.lint;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * No step loses a message unnoticed, lets a message decide its endpoint, or repeats what the relay
 * does for every route: order, duplicates, the circuit breaker.
 */
final class StepRule implements Rule {

  /** Steps by Camel's name, with their effect here and the fix. */
  private static final Map<String, String[]> REFUSED =
      Map.ofEntries(
          refused(
              "aggregate",
              "counts a message as processed while it still waits for others",
              "Map several parts of one message with \"split\" or jq; messages stay single"),
          refused(
              "resequence",
              "counts a message as processed while it still waits for others",
              "Remove it: the relay keeps the order of each record"),
          refused(
              "idempotentConsumer",
              "drops a message that is processed again after a failure",
              "Remove it: the relay recognises duplicates by their ids"),
          refused(
              "sample",
              "drops messages without a trace",
              "Use a filter with the condition you mean"),
          refused(
              "circuitBreaker",
              "hides a failure from the relay, which counts the delivery as done",
              "Remove it: every destination has a circuit breaker"),
          refused(
              "saga",
              "begins a transaction that the relay does not know",
              "Remove it: a delivery is retried as a whole"),
          refused(
              "transacted",
              "begins a transaction that the relay does not know",
              "Remove it: a delivery is retried as a whole"),
          refused(
              "rollback",
              "ends a message without a reason",
              "Use throwException with org.solarrelay.delivery.PermanentFailureException and a message"),
          refused(
              "wireTap",
              "sends a copy whose failure no one learns of",
              "Use \"to\"; a further destination gets a filter in fan-out.camel.yaml"),
          refused(
              "loadBalance", "sends each message another way", "Use \"choice\" with a condition"),
          refused(
              "enrich",
              "hides which endpoint it calls",
              "Write \"to\" with \"variableReceive\": the body stays"),
          refused(
              "poll",
              "reads past the relay, which then does not know what was processed",
              "Begin a route at topic:<name>"),
          refused(
              "pollEnrich",
              "reads past the relay, which then does not know what was processed",
              "Begin a route at topic:<name>"),
          refused(
              "recipientList",
              "lets a message decide where it goes",
              "Write a filter and a \"to\" for each of the endpoints"),
          refused(
              "routingSlip",
              "lets a message decide where it goes",
              "Write a filter and a \"to\" for each of the endpoints"),
          refused(
              "dynamicRouter",
              "lets a message decide where it goes",
              "Write a filter and a \"to\" for each of the endpoints"),
          refused(
              "onFallback",
              "hides a failure from the relay, which counts the delivery as done",
              "Remove it: every destination has a circuit breaker"),
          refused(
              "onCompletion",
              "runs after the relay has recorded the outcome",
              "Write the steps into the route, in a doTry with doFinally"),
          refused(
              "intercept",
              "changes what other steps do",
              "Write the steps where they belong in the route"));

  /** Options of a route that prevent its start. */
  private static final Map<String, String> ROUTE_KEYS =
      Map.of(
          "autoStartup", "The relay starts every route; remove it, or delete the file",
          "precondition", "A condition belongs into a filter of the route",
          "routePolicy", "Remove it: what controls a route is a setting of the relay");

  private static final Set<String> NUMBERS = Set.of("delay", "throttle", "threads", "split");
  private static final Set<String> COUNTS =
      Set.of(
          "expression",
          "timePeriodMillis",
          "poolSize",
          "maxPoolSize",
          "maxQueueSize",
          "keepAliveTime",
          "timeout");
  private static final Pattern NEGATIVE = Pattern.compile("\\s*-\\s*\\d+\\s*");

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index
        .units()
        .flatMap(unit -> Stream.of(steps(unit), keys(unit), numbers(unit)).flatMap(it -> it));
  }

  private static Stream<Problem> steps(RouteUnit unit) {
    return unit.steps()
        .filter(step -> REFUSED.containsKey(step.name()))
        .map(
            step ->
                unit.file()
                    .problem(
                        step.key(),
                        "%s %s".formatted(step.name(), REFUSED.get(step.name())[0]),
                        REFUSED.get(step.name())[1]));
  }

  private static Stream<Problem> numbers(RouteUnit unit) {
    return unit.steps()
        .filter(step -> NUMBERS.contains(step.name()))
        .flatMap(step -> step.value().allEntries().stream())
        .filter(entry -> COUNTS.contains(String.valueOf(entry.name())) && entry.value().isText())
        .filter(entry -> NEGATIVE.matcher(entry.value().text()).matches())
        .map(
            entry ->
                unit.file()
                    .problem(
                        entry.value(),
                        "a number below zero has no meaning here",
                        "Write a number above zero"));
  }

  private static Stream<Problem> keys(RouteUnit unit) {
    return unit.node().entries().stream()
        .filter(entry -> ROUTE_KEYS.containsKey(String.valueOf(entry.name())))
        .filter(entry -> !isDefault(entry))
        .map(
            entry ->
                unit.file()
                    .problem(
                        entry.key(),
                        "\"%s\" is not for a route file".formatted(entry.name()),
                        ROUTE_KEYS.get(entry.name())));
  }

  private static boolean isDefault(YamlNode.Entry entry) {
    return entry.name().equals("autoStartup") && "true".equals(entry.value().text());
  }

  private static Map.Entry<String, String[]> refused(String step, String does, String instead) {
    return Map.entry(step, new String[] {does, instead});
  }
}
