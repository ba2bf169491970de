package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** This program has the components, languages and data formats that a file uses. */
final class AvailableRule implements Rule {

  private static final String SERVICES = "META-INF/services/org/apache/camel/";
  private static final Map<String, Boolean> FOUND = new ConcurrentHashMap<>();
  private static final List<String> COMMON =
      List.of("direct", "topic", "delivery", "kamelet", "timer", "platform-http", "http", "https");

  /** How many letters may differ from a suggested name. */
  private static final int MAX_DISTANCE = 2;

  private static final String COMPONENTS =
      "Routes here use direct, topic, delivery, kamelet, timer, kafka, platform-http, http and"
          + " https, kamelets vertx-http too; another needs a dependency in pom.xml";

  private static final Set<String> BUILT_IN_LANGUAGES = Set.of("method", "language", "expression");

  private final Set<String> languages;
  private final Set<String> dataFormats;

  private final FileCheck perFile = new FileCheck(this::inFile);

  AvailableRule(CamelSchema camel) {
    this.languages = camel.alternatives("language.ExpressionDefinition");
    this.dataFormats = camel.alternatives("MarshalDefinition");
  }

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index.files().stream().flatMap(perFile::of);
  }

  private Stream<Problem> inFile(SourceFile file) {
    return Stream.concat(
        file.endpoints().stream()
            .filter(use -> !use.scheme().contains("{") && !isComponent(use.scheme()))
            .map(AvailableRule::noComponent),
        file.entries().flatMap(it -> ofEntry(file, it)));
  }

  /** Whether a scheme is a component; an empty scheme would match the folder of all components. */
  private static boolean isComponent(String scheme) {
    return !scheme.isBlank() && has("component/", scheme);
  }

  private static Problem noComponent(EndpointUse use) {
    if (use.scheme().isBlank()) {
      return use.problem("this names no endpoint", "Write where it leads, such as direct:fan-out");
    }
    return use.problem(
        "this program has no component \"%s\"".formatted(use.scheme()),
        SpellingSuggestion.of(use.scheme(), COMMON, MAX_DISTANCE)
            .map("Did you mean \"%s\"?"::formatted)
            .orElse(COMPONENTS));
  }

  private Stream<Problem> ofEntry(SourceFile file, YamlNode.Entry entry) {
    String key = String.valueOf(entry.name());
    if (key.equals("expression") || key.equals("onWhen")) {
      return missing(file, entry.value(), languages, "language/", "language");
    }
    if (key.equals("marshal") || key.equals("unmarshal")) {
      return missing(file, entry.value(), dataFormats, "dataformat/", "data format");
    }
    return Stream.empty();
  }

  private static Stream<Problem> missing(
      SourceFile file, YamlNode map, Set<String> among, String kind, String what) {
    return map.entries().stream()
        .filter(entry -> among.contains(String.valueOf(entry.name())))
        .filter(entry -> !BUILT_IN_LANGUAGES.contains(entry.name()))
        .filter(entry -> !has(kind, serviceName(entry)))
        .map(
            entry ->
                file.problem(
                    entry.key(),
                    "this program has no %s \"%s\"".formatted(what, entry.name()),
                    "Use another, or let a bean do it; a new one needs a dependency in pom.xml"));
  }

  private static String serviceName(YamlNode.Entry entry) {
    String library = entry.value().textAt("library");
    if ("json".equals(entry.name())) {
      return library == null ? "jackson" : library.toLowerCase(Locale.ROOT);
    }
    return entry.name();
  }

  private static boolean has(String kind, String name) {
    return FOUND.computeIfAbsent(
        SERVICES + kind + name,
        service -> AvailableRule.class.getClassLoader().getResource(service) != null);
  }
}
