package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** No message decides which host, kamelet or topic is called; keys are sent only by https:. */
final class HostRule implements Rule {

  private static final Pattern VENDOR =
      Pattern.compile(
          "(?i)\\bhttp://([\\w-]+\\.)*(enerflo\\.io|solarproof\\.com\\.au|flip\\.energy)\\b");
  private static final Pattern PLAIN =
      Pattern.compile("(?i)\\{\\{relay\\.destinations\\.[\\w-]+\\.url:(http://([\\w.-]+))");
  private static final Pattern INSIDE =
      Pattern.compile(
          "(?i)[^.]+|.*\\.(invalid|test|example|localhost|local|internal|svc|lan)|127\\..*|10\\..*"
              + "|192\\.168\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*");
  private static final Pattern URL_HEADER =
      Pattern.compile("(?i)Camel(Rest)?Http(Uri|Host)|CamelVertxHttpUri");
  private static final Pattern CONSTANT_HOST =
      Pattern.compile("(?is)\\s*(https?://[^/?${}]+([/?].*)?|\\{\\{[^}]+}}.*)");
  private static final Set<String> PROSE =
      Set.of("description", "note", "title", "example", "message");
  private static final List<String> BY_NAME = List.of("kamelet", "kafka", "topic");

  private final FileCheck perFile =
      new FileCheck(
          file -> Stream.concat(ofFile(file), file.endpoints().stream().flatMap(HostRule::ofUse)));

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index.files().stream().flatMap(perFile::of);
  }

  private static Stream<Problem> ofFile(SourceFile file) {
    return file.entries()
        .flatMap(
            entry ->
                entry.value().isText() && !PROSE.contains(String.valueOf(entry.name()))
                    ? Stream.concat(plain(file, entry.value()), header(file, entry))
                    : Stream.empty());
  }

  private static Stream<Problem> plain(SourceFile file, YamlNode value) {
    String text = value.text();
    Stream<String> vendors = VENDOR.matcher(text).results().map(found -> found.group());
    Stream<String> destinations =
        PLAIN
            .matcher(text)
            .results()
            .filter(found -> !INSIDE.matcher(found.group(2)).matches())
            .map(found -> found.group(1));
    return Stream.concat(vendors, destinations)
        .distinct()
        .map(
            url ->
                file.problem(
                    value,
                    url,
                    "%s would get the key in clear text".formatted(url),
                    "Write https://; a default that calls no one is http://<name>.invalid"));
  }

  /** {@code setHeader} with a name that redirects the call. */
  private static Stream<Problem> header(SourceFile file, YamlNode.Entry entry) {
    YamlNode expression = entry.map().get("expression");
    // HttpCallRule rejects such a header in a route file
    if (!file.isKamelet()
        || !"name".equals(entry.name())
        || expression == null
        || !URL_HEADER.matcher(entry.value().text()).matches()) {
      return Stream.empty();
    }
    return expression.entries().stream()
        .filter(language -> !isConstantHost(language))
        .map(
            language ->
                file.problem(
                    language.value().get("expression") == null
                        ? language.key()
                        : language.value().get("expression"),
                    "a message decides which host is called",
                    "Write the host, or a {{property}}, in front; only path and query may come from"
                        + " the message"));
  }

  private static boolean isConstantHost(YamlNode.Entry language) {
    boolean text = List.of("constant", "simple").contains(String.valueOf(language.name()));
    String value =
        language.value().isText() ? language.value().text() : language.value().textAt("expression");
    return text && value != null && CONSTANT_HOST.matcher(value).matches();
  }

  private static Stream<Problem> ofUse(EndpointUse use) {
    if (use.consumer() || !use.isDynamic()) {
      return Stream.empty();
    }
    if (use.scheme().contains("${")) {
      return Stream.of(
          use.problem(
              "a message decides where it goes",
              "Write a filter and a \"to\" for each of the endpoints"));
    }
    String host = use.name().replaceFirst("(?i)^https?:/*", "").replaceFirst("[/?].*", "");
    if (use.scheme().equals("vertx-http") && host.contains("${")) {
      return Stream.of(
          use.problem(
              "a message decides which host is called",
              "Write {{url}} in front; only path and query may come from the message"));
    }
    return BY_NAME.contains(use.scheme()) && use.name().contains("${")
        ? Stream.of(
            use.problem(
                "a message decides which %s is used".formatted(use.scheme()),
                "Write a filter and a \"to\" with the name for each of them"))
        : Stream.empty();
  }
}
