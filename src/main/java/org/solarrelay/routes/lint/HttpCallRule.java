package org.solarrelay.routes.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A call by {@code http:} or {@code https:} goes to a host that the file or the configuration
 * names, and sets none of the options that the program sets for all calls.
 */
final class HttpCallRule implements Rule {

  private static final Set<String> HEADERS = Set.of("camelhttpuri", "camelresthttpuri");
  private static final Set<String> NETWORK = Set.of("kafka", "platform-http");
  private static final Pattern HOST = Pattern.compile("(?:https?:)*(?://)?([^/?]*).*");

  private final FileCheck perFile =
      new FileCheck(
          file ->
              Stream.concat(ofCalls(file), file.isKamelet() ? Stream.empty() : ofRouteFile(file)));

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index.files().stream().flatMap(perFile::of);
  }

  private static Stream<Problem> ofCalls(SourceFile file) {
    return file.endpoints().stream()
        .filter(EndpointUse::isHttpCall)
        .flatMap(use -> Stream.concat(host(use), options(use)));
  }

  private static Stream<Problem> host(EndpointUse use) {
    Matcher host = HOST.matcher(use.httpUrl());
    return host.matches() && host.group(1).contains("${")
        ? Stream.of(
            use.problem(
                "a message decides which host is called",
                "Write the host into the URI; only its path and query may hold ${…}"))
        : Stream.empty();
  }

  private static Stream<Problem> options(EndpointUse use) {
    List<Problem> problems = new ArrayList<>();
    for (String option : use.optionNames()) {
      if (HttpCallOptions.isFixed(option)) {
        problems.add(
            use.problem(
                use.optionNode(option),
                "%s sets \"%s\", which has one value for all calls".formatted(use.client(), option),
                "Remove it; an endpoint may set " + HttpCallOptions.OPEN));
      } else if (!HttpCallOptions.isOpen(option)) {
        HttpCallOptions.suggestion(option)
            .map(similar -> misspelt(use, option, similar))
            .ifPresent(problems::add);
      }
    }
    return problems.stream();
  }

  private static Problem misspelt(EndpointUse use, String option, String similar) {
    return use.problem(
        use.optionNode(option),
        "%s has no option \"%s\"".formatted(use.client(), option),
        "Did you mean \"%s\"? A parameter of the URL's query with that name goes into the header"
                .formatted(similar)
            + " CamelHttpQuery");
  }

  private static Stream<Problem> ofRouteFile(SourceFile file) {
    if (file.endpoints().stream().noneMatch(use -> use.isHttpCall() && !use.consumer())) {
      return Stream.empty();
    }
    Stream<Problem> urls =
        file.entries()
            .filter(entry -> "name".equals(entry.name()) && entry.value().isText())
            .filter(entry -> HEADERS.contains(entry.value().text().toLowerCase()))
            .map(
                entry ->
                    file.problem(
                        entry.value(),
                        "a header names the URL to call",
                        "Write the URL into the URI of the call"));
    return Stream.concat(urls, file.routes().stream().flatMap(route -> headers(file, route)));
  }

  /** Endpoints whose messages have the headers that their senders set. */
  private static Stream<Problem> headers(SourceFile file, YamlNode route) {
    YamlNode uri = route.at("from", "uri");
    YamlNode steps = route.at("from", "steps");
    if (uri == null || steps == null || steps.items().isEmpty()) {
      return Stream.empty();
    }
    boolean network = NETWORK.contains(String.valueOf(uri.text()).replaceFirst(":.*", ""));
    YamlNode first = steps.items().get(0);
    return network && !"*".equals(first.textAt("removeHeaders", "pattern"))
        ? Stream.of(
            file.problem(
                first,
                "the headers of the sender would leave with the call",
                "Begin with \"- removeHeaders:\" with \"pattern: '*'\""))
        : Stream.empty();
  }
}
