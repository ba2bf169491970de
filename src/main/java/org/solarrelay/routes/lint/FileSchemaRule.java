package org.solarrelay.routes.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Validates one file against a schema. It rejects short forms, because visual editors write the
 * long ones. A general validator's messages would not say which of forty alternatives was meant.
 */
final class FileSchemaRule {

  private final CamelSchema camel;
  private final SourceFile file;
  private final List<Problem> problems = new ArrayList<>();

  FileSchemaRule(CamelSchema camel, SourceFile file) {
    this.camel = camel;
    this.file = file;
  }

  Stream<Problem> against(JsonNode schema) {
    check("the file", file.root(), schema);
    return problems.stream();
  }

  void check(String name, YamlNode value, JsonNode reference) {
    JsonNode schema = camel.resolve(reference);
    JsonNode form = CamelSchema.longForm(schema);
    String type = form.path("type").asText(form.has("properties") ? "object" : "");
    switch (type) {
      case "object" -> checkMap(name, value, schema);
      case "array" -> checkList(name, value, schema);
      case "boolean" -> checkLiteral(name, value, "true|false", "true or false");
      case "number", "integer" -> checkLiteral(name, value, "-?\\d+(\\.\\d+)?", "a number");
      case "string" -> checkText(name, value, schema);
      default -> {}
    }
  }

  void problem(YamlNode where, String problem, String fix) {
    problems.add(file.problem(where, problem, fix));
  }

  private void checkMap(String name, YamlNode value, JsonNode schema) {
    if (value.isMap()) {
      new MappingRule(this, camel, name, value, schema).run();
    } else if (value.isText() && CamelSchema.hasShortForm(schema)) {
      String key = schema.path("required").path(0).asText("its key");
      String fix = "Write \"%s: %s\" on a line of its own below \"%s:\", as Kaoto does";
      problem(
          value,
          "%s is written in Camel's short form".formatted(name),
          fix.formatted(key, value.text(), name));
    } else {
      problem(value, "%s has no keys".formatted(name), "Write its keys below it, indented");
    }
  }

  private void checkList(String name, YamlNode value, JsonNode schema) {
    if (!value.isList()) {
      String fix = "Write each of its items on a line of its own, after \"- \"";
      problem(value, "%s is not a list".formatted(name), fix);
    }
    value.items().forEach(item -> check("an item of " + name, item, schema.path("items")));
  }

  private void checkLiteral(String name, YamlNode value, String pattern, String expected) {
    String text = value.text();
    if (text == null || !(text.matches(pattern) || text.contains("{{"))) {
      problem(value, "%s is not %s".formatted(name, expected), "Write %s".formatted(expected));
    }
  }

  private void checkText(String name, YamlNode value, JsonNode schema) {
    if (!value.isText()) {
      problem(value, "%s is not a text".formatted(name), "Write one value behind it");
      return;
    }
    List<String> words = new ArrayList<>();
    schema.path("enum").forEach(word -> words.add(word.asText()));
    if (!words.isEmpty() && !words.contains(value.text()) && !value.text().contains("{{")) {
      String problem = "%s cannot be \"%s\"".formatted(name, value.text());
      problem(value, problem, SpellingSuggestion.hint(value.text(), words));
    }
  }
}
