package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Objects;
import java.util.stream.Stream;
import org.solarrelay.event.normal.NumberNormalizer;

/**
 * Reads fields of vendors' JSON. A field that is null, empty or of another JSON type counts as
 * missing.
 */
public record JsonFields(JsonNode node) {

  public JsonFields {
    node = node == null ? MissingNode.getInstance() : node;
  }

  /** The first of these fields with a text or a number, as trimmed text; else null. */
  public String text(String... names) {
    return Stream.of(names)
        .map(node::path)
        .map(JsonFields::text)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /**
   * The first of these fields with a text; null if the text is no e-mail address, such as "n/a".
   */
  public String email(String... names) {
    String text = text(names);
    return text != null && text.contains("@") ? text : null;
  }

  /** The fields of an inner object; empty where there is no such object. */
  public JsonFields in(String name) {
    return new JsonFields(node.path(name));
  }

  public boolean isObject() {
    return node.isObject();
  }

  private static String text(JsonNode value) {
    if (!value.isTextual() && !value.isNumber()) {
      return null;
    }
    // a whole number has one spelling: 4712 for 4712.0 and 4.712E3
    String text =
        value.isNumber()
            ? NumberNormalizer.ofNumber(value.decimalValue()).orElse(value.asText())
            : value.textValue().strip();
    return text.isEmpty() ? null : text;
  }
}
