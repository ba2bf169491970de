package org.solarrelay.contract;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Describes a field's type in a few words. */
final class FieldType {

  /** The types of common.schema.json. */
  private static final Map<String, String> SHARED =
      Map.ofEntries(
          Map.entry("text", "text"),
          Map.entry("given", "text"),
          Map.entry("textOrNumber", "text or number"),
          Map.entry("recordId", "text or number"),
          Map.entry("email", "e-mail address"),
          Map.entry("wholeNumber", "whole number"),
          Map.entry("number", "number"),
          Map.entry("flag", "true or false"),
          Map.entry("time", "time"),
          Map.entry("date", "date"),
          Map.entry("ids", "object"),
          Map.entry("address", "object"));

  private static final Map<String, String> WORDS =
      Map.of(
          "string", "text", "integer", "whole number", "boolean", "true or false", "array", "list");

  private FieldType() {}

  static String of(Node schema) {
    if (schema.refers()) {
      Node target = schema.target();
      if (target.file().getFileName().toString().equals("common.schema.json")) {
        return SHARED.get(target.name());
      }
      return target.has("properties")
          ? ContractPage.link(target.name(), target.name())
          : of(target);
    }
    if (schema.has("enum") || schema.has("const")) {
      return allowed(schema);
    }
    if (schema.has("items") && schema.get("items").refers()) {
      return "list of " + of(schema.get("items"));
    }
    List<String> types = types(schema.get("type").json());
    String time = schema.text("format").equals("date-time") ? "time" : null;
    return types.isEmpty()
        ? "any JSON"
        : types.stream()
            .map(
                type ->
                    time != null && type.equals("string") ? time : WORDS.getOrDefault(type, type))
            .collect(joining(" or "));
  }

  private static List<String> types(JsonNode type) {
    return type.isTextual()
        ? List.of(type.asText())
        : StreamSupport.stream(type.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static String allowed(Node schema) {
    return Stream.concat(
            schema.has("const") ? Stream.of(schema.text("const")) : Stream.empty(),
            schema.get("enum").texts().stream())
        .filter(value -> !value.isEmpty() && !value.equals("null"))
        .map(value -> "`" + value + "`")
        .collect(joining(" "));
  }
}
