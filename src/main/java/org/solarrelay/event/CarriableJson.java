package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * What JSON may say but UTF-8, PostgreSQL or a number cannot hold. Refused at the door, for later
 * it would fail again and again in the middle of the relay.
 */
final class CarriableJson {

  /** Just beyond what a double holds. */
  private static final int MAX_EXPONENT = 400;

  private CarriableJson() {}

  /**
   * Throws {@link InvalidMessageException} naming the first such place; recursion is as deep as the
   * parser allowed.
   */
  static void check(JsonNode node) {
    check(node, "");
  }

  private static void check(JsonNode node, String path) {
    if (node.isTextual()) {
      checkText(node.textValue(), path);
    } else if (node.isBigDecimal()) {
      checkNumber(node.decimalValue(), path);
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        check(node.get(i), path + "[" + i + "]");
      }
    } else if (node.isObject()) {
      node.properties()
          .forEach(
              field -> {
                checkText(field.getKey(), path.isEmpty() ? "a field name" : path);
                check(field.getValue(), FieldPath.of(path, field.getKey()));
              });
    }
  }

  private static void checkText(String text, String path) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        throw new InvalidMessageException(
            path + ": holds a character that cannot be stored (U+0000 or half a surrogate pair)");
      }
    }
  }

  private static void checkNumber(BigDecimal number, String path) {
    if (Math.abs((long) number.precision() - number.scale()) > MAX_EXPONENT) {
      throw new InvalidMessageException(path + ": number out of range");
    }
  }
}
