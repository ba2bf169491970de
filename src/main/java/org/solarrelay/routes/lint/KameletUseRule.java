package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A called kamelet exists; the call sets only declared properties, and all required ones. */
final class KameletUseRule implements Rule {

  private static final Set<String> ENDS = Set.of("source", "sink");

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    Map<String, SourceFile> kamelets = index.kameletsByName();
    Stream<Problem> uses =
        index
            .endpoints()
            .filter(use -> use.scheme().equals("kamelet") && !use.isDynamic())
            .filter(use -> !(use.file().isKamelet() && ENDS.contains(use.name())))
            .filter(use -> kamelets.containsKey(use.kamelet()) || !index.hasKamelet(use.kamelet()))
            .flatMap(use -> ofUse(use, kamelets));
    return Stream.concat(uses, index.files().stream().flatMap(KameletUseRule::otherForm));
  }

  private static Stream<Problem> ofUse(EndpointUse use, Map<String, SourceFile> kamelets) {
    String name = use.name().replaceFirst("/.*", "");
    SourceFile kamelet = kamelets.get(name);
    if (kamelet == null) {
      String problem = "there is no kamelets/%s.kamelet.yaml".formatted(name);
      return Stream.of(use.problem(problem, SpellingSuggestion.hint(name, kamelets.keySet())));
    }
    YamlNode definition = kamelet.root().at("spec", "definition");
    Set<String> given = given(use);
    if (use.nameParameter().map(YamlNode::text).filter(name::equals).isPresent()) {
      given.remove("templateId");
    }
    Set<String> known = keys(definition == null ? null : definition.get("properties"));
    Stream<Problem> unknown =
        given.stream()
            .filter(key -> !known.contains(key))
            .map(
                key ->
                    use.problem(
                        keyNode(use, key),
                        "%s has no property \"%s\"".formatted(name, key),
                        SpellingSuggestion.hint(key, known)));
    return Stream.concat(
        unknown,
        required(definition).stream()
            .filter(key -> !given.contains(key))
            .filter(key -> definition.at("properties", key, "default") == null)
            .map(
                key ->
                    use.problem(
                        "%s needs the property \"%s\"".formatted(name, key),
                        "Add \"%s:\" to the parameters".formatted(key))));
  }

  /** The node of a property's name; the URI if its query has the property. */
  private static YamlNode keyNode(EndpointUse use, String key) {
    return use.parameters().stream()
        .flatMap(parameters -> parameters.entries().stream())
        .filter(entry -> key.equals(entry.name()))
        .map(YamlNode.Entry::key)
        .findFirst()
        .orElse(use.uri());
  }

  private static Set<String> given(EndpointUse use) {
    Set<String> given = new TreeSet<>(use.parameters().map(KameletUseRule::keys).orElse(Set.of()));
    int query = use.text().indexOf('?');
    if (query >= 0) {
      for (String option : use.text().substring(query + 1).split("&")) {
        given.add(option.replaceFirst("=.*", ""));
      }
    }
    return given;
  }

  private static Set<String> keys(YamlNode map) {
    return map == null
        ? Set.of()
        : map.entries().stream().map(YamlNode.Entry::name).collect(Collectors.toSet());
  }

  private static List<String> required(YamlNode definition) {
    YamlNode required = definition == null ? null : definition.get("required");
    return required == null ? List.of() : required.items().stream().map(YamlNode::text).toList();
  }

  /** Camel's step {@code kamelet}, which no other rule checks. */
  private static Stream<Problem> otherForm(SourceFile file) {
    return file.entries()
        .filter(entry -> "kamelet".equals(entry.name()) && entry.value().get("name") != null)
        .map(
            entry ->
                file.problem(
                    entry.key(),
                    "the step \"kamelet\" is not used here",
                    "Write \"to:\" with \"uri: kamelet:%s\" below it"
                        .formatted(entry.value().textAt("name"))));
  }
}
