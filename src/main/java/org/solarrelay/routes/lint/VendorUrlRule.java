package org.solarrelay.routes.lint;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Only kamelets call vendors. A route file calls other hosts by {@code http:} or {@code https:},
 * and contains no other URL.
 */
final class VendorUrlRule implements Rule {

  private static final Set<String> CLIENTS =
      Set.of("vertx-http", "netty-http", "vertx-websocket", "rest", "rest-openapi");
  private static final Pattern VENDOR =
      Pattern.compile(
          "(?i)(https?:)*(//)?([^/?]*[.@])?(enerflo\\.io|solarproof\\.com\\.au|flip\\.energy)(:\\d+)?([/?].*)?"
              + "|.*\\{\\{relay\\.destinations\\.(enerflo|solarproof|flip)\\.url.*");
  private static final Set<String> ELSEWHERE =
      Set.of("description", "note", "message", "uri", "httpUri", "to", "toD", "wireTap");
  private static final Pattern URL = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);

  private static final String FIX =
      "Put the call into a kamelet, kamelets/<system>-<verb>-<noun>-sink.kamelet.yaml, and send to"
          + " that";

  private final FileCheck perFile = new FileCheck(VendorUrlRule::ofFile);

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index.routeFiles().flatMap(perFile::of);
  }

  private static Stream<Problem> ofFile(SourceFile file) {
    Stream<Problem> endpoints =
        file.endpoints().stream()
            .filter(use -> !use.consumer() && CLIENTS.contains(use.scheme()))
            .map(use -> use.problem("a route file calls out by %s".formatted(use.scheme()), FIX));
    Stream<Problem> vendors =
        file.endpoints().stream()
            .filter(use -> use.isHttpCall() && VENDOR.matcher(use.httpUrl()).matches())
            .map(use -> use.problem("a route file calls a vendor by " + use.client(), FIX));
    Stream<Problem> texts =
        file.entries()
            .filter(entry -> entry.value().isText() && !ELSEWHERE.contains(entry.name()))
            .filter(entry -> URL.matcher(entry.value().text()).find())
            .map(entry -> file.problem(entry.value(), "a route file names a URL", FIX));
    return Stream.of(endpoints, vendors, texts).flatMap(it -> it);
  }
}
