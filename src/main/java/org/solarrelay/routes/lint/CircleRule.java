package org.solarrelay.routes.lint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.solarrelay.event.EventType;

/**
 * Routes and kamelets do not call each other in a circle, neither directly nor by topics. {@code
 * topic:events} leads to the topics of the types that the route's jq makes.
 */
final class CircleRule implements Rule {

  private static final Pattern MADE = Pattern.compile("\\btype\"?\\s*:\\s*\"([^\"]*)\"");
  private static final Set<String> LOGS = Set.of("topic", "kafka");

  /** A call that leads to another route. */
  private record Edge(RouteUnit from, EndpointUse call, RouteUnit to) {}

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    // FanOutRule refuses calls of fan-out
    List<Edge> edges =
        edges(index).stream()
            .filter(edge -> !edge.call().address().equals(RouteRole.FAN_OUT_ADDRESS))
            .toList();
    Map<RouteUnit, List<Edge>> bySource =
        edges.stream()
            .collect(Collectors.groupingBy(Edge::from, HashMap::new, Collectors.toList()));
    return edges.stream()
        .flatMap(
            edge -> {
              List<RouteUnit> back = way(edge.to(), edge.from(), bySource);
              return back.isEmpty() ? Stream.empty() : Stream.of(problem(edge, back));
            })
        .distinct();
  }

  private static Problem problem(Edge edge, List<RouteUnit> back) {
    String way =
        Stream.concat(Stream.of(edge.from()), back.stream())
            .map(RouteUnit::name)
            .collect(Collectors.joining(" → "));
    boolean overTopic = LOGS.contains(edge.call().scheme());
    return edge.call()
        .problem(
            "a message goes in a circle here: %s".formatted(way),
            overTopic
                ? "Send to a topic that no route of the circle reads"
                : "Remove one of these calls; to repeat steps, use \"loop\" with a condition");
  }

  private static List<Edge> edges(RouteFolderIndex index) {
    Map<String, List<RouteUnit>> begins = new HashMap<>();
    index.units().forEach(unit -> addresses(unit).forEach(at -> add(begins, at, unit)));
    List<Edge> edges = new ArrayList<>();
    index
        .units()
        .forEach(
            from ->
                from.calls()
                    .forEach(
                        call ->
                            targets(from, call)
                                .flatMap(at -> begins.getOrDefault(at, List.of()).stream())
                                .forEach(to -> edges.add(new Edge(from, call, to)))));
    return edges;
  }

  private static void add(Map<String, List<RouteUnit>> begins, String at, RouteUnit unit) {
    begins.computeIfAbsent(at, key -> new ArrayList<>()).add(unit);
  }

  /**
   * The endpoints at which a message enters a route: topics as {@code topic:solar.leads}, kamelets
   * by name.
   */
  private static Stream<String> addresses(RouteUnit unit) {
    if (unit.file().isKamelet()) {
      return Stream.of("kamelet:" + unit.name());
    }
    return switch (unit.role()) {
      case FAN_OUT ->
          Stream.concat(
              Stream.of(unit.begin()),
              Arrays.stream(EventType.values()).map(type -> topic(type.topic())).distinct());
      case TRANSLATE -> Stream.of(unit.begin(), topic(TopicNames.INBOX));
      default -> begins(unit);
    };
  }

  private static Stream<String> begins(RouteUnit unit) {
    String scheme = unit.begin().replaceFirst(":.*", "");
    return LOGS.contains(scheme)
        ? Arrays.stream(unit.begin().substring(scheme.length() + 1).split(","))
            .map(CircleRule::topic)
        : Stream.of(unit.begin());
  }

  private static Stream<String> targets(RouteUnit from, EndpointUse call) {
    if (call.scheme().equals("kamelet")) {
      return Stream.of("kamelet:" + call.kamelet());
    }
    if (call.address().equals("topic:events")) {
      return topicsOfMadeEvents(from);
    }
    return Stream.of(LOGS.contains(call.scheme()) ? topic(call.name()) : call.address());
  }

  /** Whether the call sends a derived event, which the number of generations bounds. */
  private static Stream<String> topicsOfMadeEvents(RouteUnit from) {
    if (from.role() != RouteRole.TOPIC) {
      return Stream.empty();
    }
    return from.node().allEntries().stream()
        .filter(entry -> "jq".equals(entry.name()))
        .map(entry -> String.valueOf(entry.value().textAt("expression")))
        .flatMap(text -> MADE.matcher(text).results().map(found -> found.group(1)))
        .flatMap(type -> EventType.of(type).stream())
        .map(type -> topic(type.topic()));
  }

  private static String topic(String name) {
    return "topic:" + name;
  }

  /** The routes from one to another, both included; empty if no calls connect them. */
  private static List<RouteUnit> way(
      RouteUnit from, RouteUnit to, Map<RouteUnit, List<Edge>> edges) {
    Map<RouteUnit, RouteUnit> before = new HashMap<>();
    Deque<RouteUnit> next = new ArrayDeque<>(List.of(from));
    Set<RouteUnit> seen = new LinkedHashSet<>(next);
    while (!next.isEmpty()) {
      RouteUnit at = next.poll();
      if (at.equals(to)) {
        return path(from, to, before);
      }
      for (Edge edge : edges.getOrDefault(at, List.of())) {
        if (seen.add(edge.to())) {
          before.put(edge.to(), at);
          next.add(edge.to());
        }
      }
    }
    return List.of();
  }

  private static List<RouteUnit> path(
      RouteUnit from, RouteUnit to, Map<RouteUnit, RouteUnit> before) {
    List<RouteUnit> way = new ArrayList<>();
    for (RouteUnit at = to; !at.equals(from); at = before.get(at)) {
      way.add(at);
    }
    way.add(from);
    Collections.reverse(way);
    return way;
  }
}
