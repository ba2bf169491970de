package org.solarrelay.routes.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Validates one mapping against Camel's schema. */
final class MappingRule {

  private static final Set<String> NO_EXPRESSION_NEEDED = Set.of("transform", "sort");
  private static final String EXPRESSION = "expression";

  private final FileSchemaRule check;
  private final String name;
  private final YamlNode map;
  private final JsonNode schema;
  private final JsonNode form;
  private final Map<String, JsonNode> choices;
  private final Map<String, JsonNode> known = new TreeMap<>();
  private final Set<String> seen = new HashSet<>();

  MappingRule(FileSchemaRule check, CamelSchema camel, String name, YamlNode map, JsonNode schema) {
    this.check = check;
    this.name = name;
    this.map = map;
    this.schema = schema;
    this.form = CamelSchema.longForm(schema);
    this.choices = camel.choices(form);
    form.path("properties").fields().forEachRemaining(it -> known.put(it.getKey(), it.getValue()));
    known.putAll(choices);
  }

  void run() {
    map.entries().forEach(this::checkKey);
    required().stream()
        .filter(key -> !seen.contains(key))
        .forEach(
            key -> check.problem(map, name + " lacks \"" + key + "\"", "Add \"" + key + ":\""));
    if (form.path("maxProperties").asInt(Integer.MAX_VALUE) < seen.size()) {
      check.problem(
          map,
          "%s has several keys: %s".formatted(name, String.join(", ", new TreeSet<>(seen))),
          "Begin each with \"- \" on a line of its own");
    }
    if (isOneOfSeveral() && choices.keySet().stream().noneMatch(seen::contains)) {
      check.problem(
          map, name + " does not say which one", "Add one of its keys, such as \"simple:\"");
    }
  }

  private void checkKey(YamlNode.Entry entry) {
    String key = entry.name();
    JsonNode others = form.path("additionalProperties");
    if (key == null || !seen.add(key)) {
      check.problem(entry.key(), "\"%s\" is there twice".formatted(key), "Keep one of the two");
    } else if (isShortExpression(key)) {
      check.problem(
          entry.key(),
          "the expression of %s is written in Camel's short form".formatted(name),
          "Put \"%s:\" below \"expression:\", as Kaoto does".formatted(key));
    } else if (known.containsKey(key)) {
      check.check(key, entry.value(), known.get(key));
    } else if (others.isObject()) {
      check.check(key, entry.value(), others);
    } else if (!known.isEmpty() && !others.asBoolean(false)) {
      String hint = SpellingSuggestion.hint(key, known.keySet());
      check.problem(entry.key(), "%s has no key \"%s\"".formatted(name, key), hint);
    }
  }

  private Set<String> required() {
    Set<String> required = new TreeSet<>();
    schema.path("required").forEach(key -> required.add(key.asText()));
    form.path("required").forEach(key -> required.add(key.asText()));
    boolean inAnotherForm = seen.stream().anyMatch(this::isShortExpression);
    if (choices.containsKey(EXPRESSION) && !NO_EXPRESSION_NEEDED.contains(name) && !inAnotherForm) {
      required.add(EXPRESSION);
    }
    return required;
  }

  /** Whether one of the alternatives is required, such as the language of an expression. */
  private boolean isOneOfSeveral() {
    return !choices.isEmpty()
        && !choices.containsKey(EXPRESSION)
        && form.path("anyOf").path(0).path("oneOf").findValue("not") == null;
  }

  /**
   * Whether {@code simple:} is written without {@code expression:} around it, which Camel accepts.
   */
  private boolean isShortExpression(String key) {
    JsonNode property = form.path("properties").path(key);
    return choices.containsKey(EXPRESSION)
        && !choices.containsKey(key)
        && property.isObject()
        && property.isEmpty();
  }
}
