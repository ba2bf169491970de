package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The input of a kamelet is its body or a declared property. A variable that the kamelet reads and
 * does not set would be an input that no property names.
 */
final class KameletInputRule implements Rule {

  private static final Pattern READ = Pattern.compile("\\$\\{variables?[.:]([\\w-]+)");

  @Override
  public Stream<Problem> check(RouteSet set) {
    return set.kamelets().flatMap(KameletInputRule::ofKamelet);
  }

  private static Stream<Problem> ofKamelet(SourceFile file) {
    YamlNode template = file.root().at("spec", "template");
    if (template == null) {
      return Stream.empty();
    }
    List<YamlNode.Entry> entries = template.allEntries();
    Set<String> own =
        entries.stream().flatMap(KameletInputRule::assigned).collect(Collectors.toSet());
    return entries.stream()
        .filter(entry -> entry.value().isText())
        .flatMap(
            entry ->
                read(entry)
                    .filter(variable -> !own.contains(variable))
                    .map(variable -> problem(file, entry.value(), variable)));
  }

  private static Stream<String> assigned(YamlNode.Entry entry) {
    return switch (String.valueOf(entry.name())) {
      case "setVariable" -> Stream.ofNullable(entry.value().textAt("name"));
      case "variableReceive" -> Stream.ofNullable(entry.value().text());
      default -> Stream.empty();
    };
  }

  private static Stream<String> read(YamlNode.Entry entry) {
    String text = entry.value().text();
    return "variableSend".equals(entry.name())
        ? Stream.of(text)
        : READ.matcher(text).results().map(found -> found.group(1)).distinct();
  }

  private static Problem problem(SourceFile file, YamlNode value, String variable) {
    return file.problem(
        value,
        "the kamelet reads the variable \"%s\", which it does not set".formatted(variable),
        "Take it as the body, or declare a property with an expression: \"%s: ${variable.%s}\""
            .formatted(variable, variable));
  }
}
