package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;

/**
 * What JSON may say but UTF-8, PostgreSQL or a number cannot hold. Refused at the door, for later
 * it would fail again and again in the middle of the relay.
 */
final class CarriableJson {

  /** Just beyond what a double holds. */
  private static final int MAX_EXPONENT = 400;

  private CarriableJson() {}

  /**
   * Recurses as deep as the parser allowed.
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
      Flaw flaw = find(field.getValue());
      if (flaw != null) {
        return flaw.below(field.getKey());
      }
    }
    return null;
  }

  private static boolean isStorable(String text) {
    return text.codePoints()
        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
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
