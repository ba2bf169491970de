package org.solarrelay.routes.lint;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Vendors are called by kamelets only: route files name neither URLs nor HTTP components. */
final class VendorUrlRule implements Rule {

  private static final Set<String> CLIENTS =
      Set.of(
          "http", "https", "vertx-http", "netty-http", "vertx-websocket", "rest", "rest-openapi");
  private static final Set<String> ELSEWHERE = Set.of("description", "note", "message", "uri");
  private static final Pattern URL = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);

  private static final String MEND =
      "Put the call into a kamelet, kamelets/<system>-<verb>-<noun>-sink.kamelet.yaml, and send to"
          + " that";

  @Override
  public Stream<Problem> check(RouteSet set) {
    return set.routeFiles().flatMap(VendorUrlRule::ofFile);
  }

  private static Stream<Problem> ofFile(SourceFile file) {
    Stream<Problem> endpoints =
        file.endpoints().stream()
            .filter(use -> !use.consumer() && CLIENTS.contains(use.scheme()))
            .map(use -> use.problem("a route file calls out by %s".formatted(use.scheme()), MEND));
    Stream<Problem> texts =
        file.entries()
            .filter(entry -> entry.value().isText() && !ELSEWHERE.contains(entry.name()))
            .filter(entry -> URL.matcher(entry.value().text()).find())
            .map(entry -> file.problem(entry.value(), "a route file names a URL", MEND));
    return Stream.concat(endpoints, texts);
  }
}
