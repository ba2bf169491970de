package org.solarrelay.routes.lint;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Names have one stem everywhere. A file holds only routes: one has the file's name, and the ids of
 * the others begin with it. Names are unique, and every route has a description.
 */
final class NamingRule implements Rule {

  private static final Set<String> NO_ROUTES =
      Set.of(
          "beans",
          "dataFormats",
          "errorHandler",
          "from",
          "intercept",
          "interceptFrom",
          "interceptSendToEndpoint",
          "onCompletion",
          "onException",
          "rest",
          "restConfiguration",
          "routeConfiguration",
          "routeTemplate",
          "templatedRoute");

  private static final String KEBAB_CASE = "[a-z0-9]+(-[a-z0-9]+)*";

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    Map<String, String> fileOf = new HashMap<>();
    return index
        .routeFiles()
        .flatMap(
            file ->
                Stream.of(
                        noRoutes(file),
                        ofFile(file),
                        file.routes().stream().flatMap(it -> ofRoute(file, it, fileOf)))
                    .flatMap(it -> it));
  }

  /** Camel also accepts beans and error handlers in a file; a reload swaps only routes. */
  private static Stream<Problem> noRoutes(SourceFile file) {
    String fix = "Write routes only: beans are Java, errors are for delivery/DeliveryPolicy";
    return file.root().items().stream()
        .flatMap(item -> item.entries().stream())
        .filter(entry -> NO_ROUTES.contains(String.valueOf(entry.name())))
        .map(entry -> file.problem(entry.key(), "\"%s\" is no route".formatted(entry.name()), fix));
  }

  private static Stream<Problem> ofFile(SourceFile file) {
    String stem = file.stem();
    if (!stem.matches(KEBAB_CASE)) {
      String fix = "Use lower-case letters and hyphens, as in deliver-flip.camel.yaml";
      return Stream.of(file.problem(file.root(), "the file's name is not kebab-case", fix));
    }
    boolean holdsItsRoute =
        file.routes().stream().anyMatch(route -> stem.equals(route.textAt("id")));
    return holdsItsRoute || file.routes().isEmpty()
        ? Stream.empty()
        : Stream.of(
            file.problem(
                file.routes().get(0),
                "no route of this file has the id \"%s\"".formatted(stem),
                "Give one route the file's name as its id, or rename the file"));
  }

  private static Stream<Problem> ofRoute(
      SourceFile file, YamlNode route, Map<String, String> fileOf) {
    Stream.Builder<Problem> problems = Stream.builder();
    String description = route.textAt("description");
    if (description == null || description.isBlank()) {
      String fix = "Add \"description:\" with a sentence on what it is for";
      problems.add(file.problem(route, "the route has no description", fix));
    }
    String id = route.textAt("id");
    if (id == null || id.isBlank()) {
      String fix = "Add \"id: %s\"".formatted(file.stem());
      return problems.add(file.problem(route, "the route has no id", fix)).build();
    }
    if (!id.equals(file.stem()) && !id.startsWith(file.stem() + "-")) {
      problems.add(
          file.problem(
              route.get("id"),
              "the id \"%s\" does not begin with the file's name".formatted(id),
              "Call it \"%s-%s\", or move it to a file of its own".formatted(file.stem(), id)));
    }
    String other = fileOf.put(id, file.name());
    if (other != null) {
      String fix = "Give one of the two routes another id";
      problems.add(
          file.problem(route.get("id"), "the id \"%s\" is also in %s".formatted(id, other), fix));
    }
    return problems.build();
  }
}
