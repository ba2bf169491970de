package org.solarrelay.event;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import java.util.stream.StreamSupport;

/** Describes a broken rule of a schema, without the value. */
final class SchemaError {

  private SchemaError() {}

  /** The description: {@code address.lat: number or string expected, object found}. */
  static String text(ValidationMessage error) {
    String path = FieldPath.of(error.getInstanceLocation());
    if (error.getType().equals("required")) {
      return FieldPath.of(path, error.getProperty()) + ": missing";
    }
    return (path.isEmpty() ? "data" : path) + ": " + expectation(error);
  }

  private static String expectation(ValidationMessage error) {
    JsonNode rule = error.getSchemaNode();
    return switch (error.getType()) {
      case "type" -> alternatives(rule) + " expected, " + error.getArguments()[0] + " found";
      case "enum" -> "one of " + alternatives(rule) + " expected";
      case "format" ->
          rule.textValue().equals("date-time")
              ? "a time with offset such as 2026-03-12T21:59:14Z expected"
              : "a date such as 2026-03-12, or a time with offset, expected";
      case "pattern", "minimum", "maximum", "minLength", "not" -> error.getError();
      default -> "does not keep the rule " + error.getType();
    };
  }

  private static String alternatives(JsonNode rule) {
    if (!rule.isArray()) {
      return rule.asText();
    }
    return StreamSupport.stream(rule.spliterator(), false)
        .map(JsonNode::asText)
        .filter(word -> !word.isEmpty() && !word.equals("null"))
        .collect(joining(" or "));
  }
}
