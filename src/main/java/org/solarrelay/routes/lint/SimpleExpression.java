package org.solarrelay.routes.lint;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An expression of Camel's simple language in a file.
 *
 * @param predicate whether it is used as a condition
 */
record SimpleExpression(SourceFile file, YamlNode text, boolean predicate) {

  private static final Set<String> PREDICATES = Set.of("filter", "when", "onWhen", "validate");

  /** The keys of steps whose texts are simple expressions. */
  private static final Map<String, String> MESSAGES =
      Map.of("log", "message", "throwException", "message");

  /** Every expression of a file in the long form. */
  static Stream<SimpleExpression> in(SourceFile file) {
    return in(file, file.root(), "");
  }

  private static Stream<SimpleExpression> in(SourceFile file, YamlNode value, String step) {
    Stream<SimpleExpression> items = value.items().stream().flatMap(item -> in(file, item, step));
    return Stream.concat(
        items,
        value.entries().stream()
            .flatMap(
                entry -> {
                  YamlNode text = entry.value().at("simple", "expression");
                  boolean here = "expression".equals(entry.name()) && text != null;
                  if (here && text.isText()) {
                    return Stream.of(new SimpleExpression(file, text, isPredicate(step, value)));
                  }
                  String name = String.valueOf(entry.name());
                  return Stream.concat(message(file, entry), in(file, entry.value(), name));
                }));
  }

  private static Stream<SimpleExpression> message(SourceFile file, YamlNode.Entry entry) {
    String key = MESSAGES.get(String.valueOf(entry.name()));
    YamlNode message = key == null ? null : entry.value().get(key);
    boolean simple = message != null && message.isText() && !entry.value().has("logLanguage");
    return Stream.concat(
        simple ? Stream.of(new SimpleExpression(file, message, false)) : Stream.empty(),
        values(entry).map(text -> new SimpleExpression(file, text, false)));
  }

  /** Texts with values of the message: a call's arguments, a URI, a kamelet's properties. */
  private static Stream<YamlNode> values(YamlNode.Entry entry) {
    YamlNode step = entry.value();
    Stream<YamlNode> texts =
        switch (String.valueOf(entry.name())) {
          case "bean", "method" ->
              Stream.ofNullable(step.get("method"))
                  .filter(call -> call.isText() && CallSyntax.mistake(call.text()).isEmpty());
          case "toD" -> Stream.ofNullable(step.get("uri"));
          case "to" ->
              String.valueOf(step.textAt("uri")).startsWith("kamelet:") && step.has("parameters")
                  ? step.get("parameters").entries().stream().map(YamlNode.Entry::value)
                  : Stream.empty();
          default -> Stream.empty();
        };
    return texts.filter(text -> text.isText() && text.text().contains("${"));
  }

  private static boolean isPredicate(String step, YamlNode map) {
    return PREDICATES.contains(step) || "true".equals(map.textAt("doWhile"));
  }
}
