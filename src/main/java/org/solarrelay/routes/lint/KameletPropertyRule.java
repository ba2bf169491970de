package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A kamelet's properties match their {@code type} and {@code enum}, in defaults and in calls.
 * Required properties are declared.
 */
final class KameletPropertyRule implements Rule {

  private static final Map<String, String> FORMS =
      Map.of("integer", "-?\\d+", "number", "-?\\d+(\\.\\d+)?", "boolean", "true|false");
  private static final Map<String, String> WORDS =
      Map.of("integer", "a whole number", "number", "a number", "boolean", "true or false");

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    Map<String, SourceFile> kamelets = index.kameletsByName();
    Stream<Problem> definitions =
        kamelets.values().stream().flatMap(KameletPropertyRule::ofKamelet);
    Stream<Problem> calls =
        index
            .endpoints()
            .filter(use -> kamelets.containsKey(use.kamelet()))
            .flatMap(use -> ofCall(use, properties(kamelets.get(use.kamelet()))));
    return Stream.concat(definitions, calls);
  }

  private static List<YamlNode.Entry> properties(SourceFile kamelet) {
    YamlNode properties = kamelet.root().at("spec", "definition", "properties");
    return properties == null ? List.of() : properties.entries();
  }

  private static Stream<Problem> ofKamelet(SourceFile file) {
    List<YamlNode.Entry> properties = properties(file);
    YamlNode required = file.root().at("spec", "definition", "required");
    List<String> names = properties.stream().map(YamlNode.Entry::name).toList();
    Stream<Problem> undeclared =
        required == null
            ? Stream.empty()
            : required.items().stream()
                .filter(name -> name.isText() && !names.contains(name.text()))
                .map(
                    name ->
                        file.problem(
                            name,
                            "the kamelet requires \"%s\", which is no property of it"
                                .formatted(name.text()),
                            SpellingSuggestion.hint(name.text(), names)));
    Stream<Problem> values = properties.stream().flatMap(property -> ofProperty(file, property));
    return Stream.concat(undeclared, values);
  }

  private static Stream<Problem> ofProperty(SourceFile file, YamlNode.Entry property) {
    YamlNode words = property.value().get("enum");
    Stream<Problem> values =
        words == null
            ? Stream.empty()
            : words.items().stream()
                .filter(word -> word.isText())
                .flatMap(word -> type(file, property, word).stream());
    YamlNode preset = property.value().get("default");
    Stream<Problem> presets =
        preset == null || !preset.isText() ? Stream.empty() : value(file, property, preset);
    return Stream.concat(values, presets);
  }

  private static Stream<Problem> ofCall(EndpointUse use, List<YamlNode.Entry> properties) {
    return properties.stream()
        .filter(property -> use.optionNode(property.name()) != use.uri())
        .flatMap(property -> value(use.file(), property, use.optionNode(property.name())));
  }

  private static Stream<Problem> value(SourceFile file, YamlNode.Entry property, YamlNode value) {
    if (!value.isText()) {
      return Stream.of(
          file.problem(
              value,
              "%s has no single value".formatted(property.name()),
              "Write one value behind \"%s:\"".formatted(property.name())));
    }
    if (isOpen(value.text())) {
      return Stream.empty();
    }
    List<String> words =
        property.value().get("enum") == null
            ? List.of()
            : property.value().get("enum").items().stream().map(YamlNode::text).toList();
    if (!words.isEmpty() && !words.contains(value.text())) {
      return Stream.of(
          file.problem(
              value,
              "%s cannot be \"%s\"".formatted(property.name(), value.text()),
              SpellingSuggestion.hint(value.text(), words)));
    }
    return type(file, property, value).stream();
  }

  private static List<Problem> type(SourceFile file, YamlNode.Entry property, YamlNode value) {
    String type = String.valueOf(property.value().textAt("type"));
    boolean fits =
        !FORMS.containsKey(type) || isOpen(value.text()) || value.text().matches(FORMS.get(type));
    return fits
        ? List.of()
        : List.of(
            file.problem(
                value,
                "%s cannot be \"%s\"".formatted(property.name(), value.text()),
                "Write %s".formatted(WORDS.get(type))));
  }

  /** Whether only a running program has the value. */
  private static boolean isOpen(String value) {
    return value.contains("{{") || value.contains("${");
  }
}
