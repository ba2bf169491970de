package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A kamelet calls with the HTTP client that all vendors share. Without the client's options a call
 * has no time-out, follows redirects and reads a response of any size.
 */
final class VendorClientRule implements Rule {

  private static final String CLIENT = "vertx-http";

  /** The beans that an option may have; most calls use the first. */
  private static final Map<String, List<String>> SHARED =
      Map.of(
          "webClientOptions", List.of("#bean:vendorWebClientOptions"),
          "vertxHttpBinding", List.of("#bean:vendorHttpBinding", "#bean:vendorListHttpBinding"));

  private static final Set<String> FIXED =
      Set.of(
          "connectTimeout",
          "cookieStore",
          "headerFilterStrategy",
          "proxyHost",
          "proxyPassword",
          "proxyPort",
          "proxyType",
          "proxyUsername",
          "sessionManagement",
          "sslContextParameters",
          "useGlobalSslContextParameters");

  private final FileCheck perFile = new FileCheck(VendorClientRule::inFile);

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index.kamelets().flatMap(perFile::of);
  }

  private static Stream<Problem> inFile(SourceFile file) {
    return file.endpoints().stream()
        .filter(use -> !use.consumer() && use.scheme().equals(CLIENT))
        .flatMap(use -> Stream.of(shared(use), method(use), fixed(use)).flatMap(it -> it));
  }

  private static Stream<Problem> shared(EndpointUse use) {
    return SHARED.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(option -> !option.getValue().contains(use.option(option.getKey())))
        .map(
            option ->
                use.problem(
                    use.optionNode(option.getKey()),
                    "the call does not use the %s of all vendors: it would have no time-out or no limit"
                        .formatted(option.getKey()),
                    "Write \"%s: '%s'\" among its parameters"
                        .formatted(option.getKey(), option.getValue().get(0))));
  }

  private static Stream<Problem> method(EndpointUse use) {
    return use.option("httpMethod").isEmpty()
        ? Stream.of(
            use.problem(
                "the call names no HTTP method: it would depend on the body",
                "Write \"httpMethod: GET\", or which one it is, among its parameters"))
        : Stream.empty();
  }

  private static Stream<Problem> fixed(EndpointUse use) {
    return use.optionNames().stream()
        .filter(FIXED::contains)
        .map(
            name ->
                use.problem(
                    use.optionNode(name),
                    "\"%s\" has one value for all calls".formatted(name),
                    "Remove it; relay.http.… sets time-outs for all of them"));
  }
}
