package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Objects;
import java.util.stream.Stream;
import org.solarrelay.event.normal.NumberNormalizer;

/**
 * JSON as vendors send it, read without surprises: a field that is missing, null, empty, or of
 * another shape than asked for is simply not there.
 */
public record JsonFields(JsonNode node) {

  public JsonFields {
    node = node == null ? MissingNode.getInstance() : node;
  }

  /** The first of these fields that holds text or a number, as trimmed text; else null. */
  public String text(String... names) {
    return Stream.of(names)
        .map(node::path)
        .map(JsonFields::text)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** As {@link #text}, but null for what cannot be an e-mail address, such as "n/a". */
  public String email(String... names) {
    String text = text(names);
    return text != null && text.contains("@") ? text : null;
  }

  /** The fields of an inner object; none where there is no such object. */
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
    // a whole number has one spelling: 4712, whether it came as 4712.0 or as 4.712E3
    String text =
        value.isNumber()
            ? NumberNormalizer.ofNumber(value.decimalValue()).orElse(value.asText())
            : value.textValue().strip();
    return text.isEmpty() ? null : text;
  }
}
