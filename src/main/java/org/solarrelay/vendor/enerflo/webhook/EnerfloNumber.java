package org.solarrelay.vendor.enerflo.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import org.solarrelay.event.JsonFields;

/** Reads Enerflo's numbers, which are JSON numbers or texts. An implausible number is null. */
final class EnerfloNumber {

  private static final int MAX_DIGITS = 9;
  private static final int MAX_LENGTH = 40;

  private EnerfloNumber() {}

  /** The number, of at most nine digits before and after the point; null for any other text. */
  static BigDecimal of(String text) {
    try {
      boolean plausible = text != null && text.length() <= MAX_LENGTH;
      BigDecimal number = plausible ? new BigDecimal(text) : null;
      return number != null
              && number.scale() <= MAX_DIGITS
              && Math.abs((long) number.precision() - number.scale()) <= MAX_DIGITS
          ? number
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** A count: a whole number from 0 to 999,999; null for any other text. */
  static Integer whole(String text) {
    BigDecimal number = of(text);
    boolean isCount =
        number != null
            && number.signum() >= 0
            && number.stripTrailingZeros().scale() <= 0
            && number.compareTo(BigDecimal.valueOf(1_000_000)) < 0;
    return isCount ? number.intValueExact() : null;
  }

  /** A text or number as text; null for any other value. */
  static String text(JsonNode value) {
    return new JsonFields(JsonNodeFactory.instance.objectNode().set("value", value)).text("value");
  }
}
