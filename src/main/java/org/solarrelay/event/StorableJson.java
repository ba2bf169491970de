package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.solarrelay.event.normal.StorableCharacter;

/**
 * Rejects JSON values that UTF-8, PostgreSQL or a number cannot store, so that they do not fail
 * later with every attempt. In a text that is no id, the characters are replaced instead: a form
 * that cuts a note inside an emoji sends half a surrogate pair.
 */
final class StorableJson {

  /** Slightly above the largest exponent of a double. */
  private static final int MAX_EXPONENT = 400;

  private static final int REPLACEMENT = 0xFFFD;
  private static final Set<String> ID_FIELDS =
      Set.of("id", "subject", "source", "type", "specversion", "receipt");

  private StorableJson() {}

  /**
   * Checks JSON, and replaces texts in place.
   *
   * @throws InvalidMessageException if a value cannot be stored; the text names the first such
   *     field
   */
  static void check(JsonNode node) {
    Flaw flaw = find(node);
    if (flaw != null) {
      throw new InvalidMessageException(
          (flaw.path.isEmpty() ? "" : flaw.path + ": ") + flaw.description);
    }
  }

  /** The text with U+FFFD for each character that cannot be stored. */
  private static TextNode replaced(String text) {
    StringBuilder replaced = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> StorableCharacter.test(c) ? c : REPLACEMENT)
        .forEach(replaced::appendCodePoint);
    return TextNode.valueOf(replaced.toString());
  }

  private static boolean isIdField(String field) {
    return ID_FIELDS.contains(field) || field.endsWith("_id") || field.endsWith("Id");
  }

  /**
   * The first flaw; null where there is none. Its path is built on return, because flaws are rare.
   */
  private static Flaw find(JsonNode node) {
    if (node.isTextual()) {
      return isStorable(node.textValue()) ? null : Flaw.text("holds");
    }
    if (node.isBigDecimal()) {
      return isInRange(node.decimalValue()) ? null : new Flaw("", "number out of range");
    }
    return node.isArray() ? findInArray(node) : findInObject(node);
  }

  private static Flaw findInArray(JsonNode array) {
    for (int i = 0; i < array.size(); i++) {
      Flaw flaw = find(array.get(i));
      if (flaw != null) {
        return flaw.below(i);
      }
    }
    return null;
  }

  private static Flaw findInObject(JsonNode object) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!isStorable(field.getKey())) {
        return Flaw.text("a field name holds");
      }
      JsonNode value = field.getValue();
      Flaw flaw = find(value);
      if (flaw == null) {
        continue;
      }
      if (!value.isTextual() || isIdField(field.getKey())) {
        return flaw.below(field.getKey());
      }
      field.setValue(replaced(value.textValue()));
    }
    return null;
  }

  private static boolean isStorable(String text) {
    return text.codePoints().allMatch(StorableCharacter::test);
  }

  private static boolean isInRange(BigDecimal number) {
    return Math.abs((long) number.precision() - number.scale()) <= MAX_EXPONENT;
  }

  private record Flaw(String path, String description) {

    static Flaw text(String where) {
      return new Flaw(
          "", where + " a character that cannot be stored (U+0000 or half a surrogate pair)");
    }

    Flaw below(Object step) {
      String dot = path.isEmpty() || path.startsWith("[") ? "" : ".";
      return new Flaw(FieldPath.of("", step) + dot + path, description);
    }
  }
}
