package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.solarrelay.event.normal.StorableCharacter;

/**
 * What JSON may say but UTF-8, PostgreSQL or a number cannot hold. Refused at the door, for later
 * it would fail again and again in the middle of the relay. Only in a text of a field that names no
 * record is it replaced: a form that cuts a note within an emoji leaves half a surrogate pair.
 */
final class StorableJson {

  /** Just beyond what a double holds. */
  private static final int MAX_EXPONENT = 400;

  private static final int LOST = 0xFFFD;
  private static final Set<String> NAMES_OF_RECORDS =
      Set.of("id", "subject", "source", "type", "specversion", "receipt");

  private StorableJson() {}

  /**
   * Recurses as deep as the parser allowed, and replaces texts in place.
   *
   * @throws InvalidMessageException naming the first such place
   */
  static void check(JsonNode node) {
    Flaw flaw = find(node);
    if (flaw != null) {
      throw new InvalidMessageException(
          (flaw.path.isEmpty() ? "" : flaw.path + ": ") + flaw.description);
    }
  }

  /** The text with U+FFFD, the sign for a character that was lost, for what cannot be stored. */
  private static TextNode replaced(String text) {
    StringBuilder replaced = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> StorableCharacter.test(c) ? c : LOST)
        .forEach(replaced::appendCodePoint);
    return TextNode.valueOf(replaced.toString());
  }

  private static boolean namesRecord(String field) {
    return NAMES_OF_RECORDS.contains(field) || field.endsWith("_id") || field.endsWith("Id");
  }

  /** The place is put together on the way back only, for nearly all messages have no flaw. */
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
      if (!value.isTextual() || namesRecord(field.getKey())) {
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
