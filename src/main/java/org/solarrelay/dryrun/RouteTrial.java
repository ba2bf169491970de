package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.solarrelay.config.DestinationEntry;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.event.CustomEventTypes;
import org.solarrelay.event.Event;
import org.solarrelay.routes.lint.DestinationsFile;

/**
 * Tries changed route files: runs the specs, and compares the results of the changed files and of
 * the files in force for real messages. Runs in the calling process; nothing is sent or stored.
 */
public final class RouteTrial implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DELIVERY = "delivery:";

  private final Path folder;
  private final Map<String, String> after;
  private final SpecScope scope;
  private final Vertx vertx = Vertx.vertx();
  private final SmallRyeConfig settings;
  private final Side before;
  private final Side now;

  /** One set of files, with its contexts. */
  private record Side(Map<String, String> files, RouteGraph graph, DryRunContextPool contexts) {

    static Side of(Map<String, String> files, Vertx vertx) throws IOException {
      RouteGraph graph = RouteGraph.of(files);
      return new Side(files, graph, new DryRunContextPool(graph, vertx));
    }
  }

  /**
   * @param folder where {@code tests/} and {@code samples/} are
   * @param inForce text by path
   * @param changed text by path; lint has accepted them together with the other files in force
   * @param destinations of the running relay by name, and whether each is on
   * @throws IOException if a file is not YAML
   */
  public RouteTrial(
      Path folder,
      Map<String, String> inForce,
      Map<String, String> changed,
      Map<String, Boolean> destinations)
      throws IOException {
    this.folder = folder;
    this.after = new TreeMap<>(inForce);
    after.putAll(changed);
    this.scope = new SpecScope(inForce, after);
    this.settings = DryRunSettings.with(urls(destinations), DestinationsFile.entries(after));
    this.before = Side.of(inForce, vertx);
    this.now = Side.of(after, vertx);
  }

  /** The files that differ from those in force. */
  public Set<String> changed() {
    return Collections.unmodifiableSet(scope.changed());
  }

  /**
   * Runs the specs that the change affects.
   *
   * @param given spec files that replace those of the same name in {@code tests/}; all of their
   *     cases run
   * @return {@code {route, name, place, problems[]}} of each case
   * @throws IOException if a file cannot be read
   * @throws SpecException naming each line that is wrong
   */
  public ArrayNode specs(List<Path> given) throws IOException {
    Set<String> names = new TreeSet<>();
    given.forEach(file -> names.add(file.getFileName().toString()));
    List<Spec> specs = new ArrayList<>(SpecFolder.read(given));
    SpecFolder.read(
            SpecFolder.files(folder).stream()
                .filter(file -> !names.contains(file.getFileName().toString()))
                .toList())
        .stream()
        .filter(spec -> !scope.filesReachedBy(spec).isEmpty())
        .forEach(specs::add);
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    try (SpecRun run = new SpecRun(folder, after, vertx)) {
      for (Spec spec : specs) {
        SpecResult result = run.run(spec);
        ObjectNode json = results.addObject();
        json.put("route", spec.route()).put("name", spec.name()).put("place", spec.place());
        json.set("problems", JSON.valueToTree(result.problems()));
      }
    }
    return results;
  }

  /**
   * The ids of the routes whose messages can reach a changed file: {@code translate-<source>},
   * {@code fan-out}, {@code deliver-<destination>}, and the ids of routes from {@code topic:}.
   */
  public Set<String> entryRoutes() {
    Set<String> routes = new LinkedHashSet<>();
    for (RouteGraph graph : List.of(before.graph, now.graph)) {
      for (String entry : graph.entries()) {
        boolean takesMessages =
            entry.matches("translate-[\\w-]+|fan-out|delivery:[\\w-]+")
                || !topicsOf(entry).isEmpty();
        if (takesMessages && !scope.filesReachedFrom(entry).isEmpty()) {
          routes.add(entry.replace(DELIVERY, "deliver-"));
        }
      }
    }
    if (scope.changed().stream().anyMatch(CustomEventTypes::isSchema)) {
      routes.add("fan-out");
    }
    return routes;
  }

  /**
   * The topics that a route reads by the changed files, else by the files in force; none if the
   * route begins elsewhere. Names with a placeholder are left out, because only the relay knows the
   * value of the placeholder.
   *
   * @param route one of {@link #entryRoutes}
   */
  public List<String> topics(String route) {
    return topicsOf(route).stream().filter(topic -> !topic.contains("{{")).toList();
  }

  private List<String> topicsOf(String route) {
    List<String> topics = now.graph.topicsOf(route);
    return topics.isEmpty() ? before.graph.topicsOf(route) : topics;
  }

  /**
   * Whether only some messages of a route reach a changed file, so that more messages have to be
   * tried to find these.
   *
   * @param route one of {@link #entryRoutes}
   */
  public boolean needsMoreMessages(String route) {
    String entry = entry(route);
    return entry.startsWith(DELIVERY)
        && scope.filesReachedFrom(entry).stream().noneMatch(path -> serves(path, entry));
  }

  private boolean serves(String path, String entry) {
    return List.of(before.graph, now.graph).stream()
        .flatMap(graph -> graph.reachedFrom(entry).stream())
        .anyMatch(file -> file.path().equals(path) && file.serves().contains(entry));
  }

  /**
   * Compares the results of the files in force and of the changed files for messages.
   *
   * @param route one of {@link #entryRoutes}
   * @param items the messages, as {@code GET /api/preview/messages} lists them
   * @param most the maximum number of messages to compare
   * @return {@code {id, at, about, dead, changes: [{path, before, after}]}} for each message;
   *     {@code dead} if the change makes the message, or one of its deliveries, dead
   * @throws Exception if the routes cannot be started
   */
  public ArrayNode compared(String route, JsonNode items, int most) throws Exception {
    ArrayNode compared = JsonNodeFactory.instance.arrayNode();
    Set<String> routes = changedRoutes();
    boolean onlySome = needsMoreMessages(route);
    Instant time = Instant.now();
    for (JsonNode item : items) {
      if (compared.size() == most) {
        break;
      }
      Set<String> enteredRoutes = new TreeSet<>();
      JsonNode previewBefore = preview(before, route, item.path("message"), time, enteredRoutes);
      JsonNode previewAfter = preview(now, route, item.path("message"), time, enteredRoutes);
      if (!onlySome || enteredRoutes.stream().anyMatch(routes::contains)) {
        compared.add(comparison(item, previewBefore, previewAfter));
      }
    }
    return compared;
  }

  private static ObjectNode comparison(JsonNode item, JsonNode before, JsonNode after) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (String name : List.of("id", "at", "about")) {
      json.set(name, item.path(name));
    }
    List<MessageDiff.Change> found = MessageDiff.of(before, after);
    json.put("dead", found.stream().anyMatch(MessageDiff.Change::isDeath));
    ArrayNode changes = json.putArray("changes");
    for (MessageDiff.Change change : found) {
      ObjectNode one = changes.addObject().put("path", change.path());
      change.before().ifPresent(value -> one.put("before", SecretStandIns.mask(value)));
      change.after().ifPresent(value -> one.put("after", SecretStandIns.mask(value)));
    }
    return json;
  }

  private JsonNode preview(
      Side side, String route, JsonNode message, Instant time, Set<String> enteredRoutes)
      throws Exception {
    String topic = message.at("/message/topic").asText();
    if (message.has("message") && side.graph.readersOf(topic).isEmpty()) {
      return JsonNodeFactory.instance.objectNode();
    }
    return CustomEventTypes.with(
        side.files,
        () -> {
          Stubs stubs = new Stubs(List.of(), DefaultStubs.read(folder).as(settings));
          DryRun dryRun = new DryRun(side.contexts, settings, stubs, time);
          String entry = entry(route);
          return entry.startsWith(DELIVERY)
              ? delivery(
                  dryRun, entry.substring(DELIVERY.length()), message, at(time), enteredRoutes)
              : new Preview(
                      dryRun,
                      side.graph,
                      config(),
                      event -> Preview.withKnownIds(event, Map.of(), message),
                      at(time))
                  .of(message);
        });
  }

  private static Clock at(Instant time) {
    return Clock.fixed(time, ZoneOffset.UTC);
  }

  private JsonNode delivery(
      DryRun dryRun, String destination, JsonNode message, Clock clock, Set<String> enteredRoutes)
      throws Exception {
    Event event = new TestMessages(folder, clock).event(message.path("event"));
    StageResult stage =
        dryRun.deliver(destination, Preview.withKnownIds(event, Map.of(), message), false);
    enteredRoutes.addAll(stage.routes());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("deliveries").add(PreviewedDelivery.json(destination, stage));
    return json;
  }

  /** The names of the routes in changed files, and of those that call a changed kamelet. */
  private Set<String> changedRoutes() {
    Set<String> routes = new TreeSet<>();
    for (RouteGraph graph : List.of(before.graph, now.graph)) {
      routes.addAll(graph.routesOf(scope.changed()));
    }
    return routes;
  }

  private RelayConfig config() {
    return settings.getConfigMapping(RelayConfig.class);
  }

  private static String entry(String route) {
    return route.startsWith("deliver-") ? DELIVERY + route.substring("deliver-".length()) : route;
  }

  /** Settings for those destinations of the relay that are not built in, or that are off. */
  private static Map<String, String> urls(Map<String, Boolean> destinations) {
    Set<String> usual =
        DryRunSettings.with(Map.of(), List.of())
            .getConfigMapping(RelayConfig.class)
            .destinations()
            .keySet();
    Map<String, String> settings = new LinkedHashMap<>();
    destinations.forEach(
        (name, on) -> {
          String url = DestinationEntry.property(name, DestinationEntry.URL);
          if (!on) {
            settings.put(url, "");
          } else if (!usual.contains(name)) {
            settings.put(url, DryRunSettings.url(name));
            settings.put(
                DestinationEntry.property(name, DestinationEntry.API_KEY),
                SecretStandIns.key(name));
          }
        });
    return settings;
  }

  @Override
  public void close() {
    before.contexts.close();
    now.contexts.close();
    vertx.close();
  }
}
