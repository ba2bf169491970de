package org.solarrelay.vendor.enerflo.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import org.solarrelay.event.JsonFields;

/** Enerflo writes numbers as numbers and as texts; what is no sensible number is null. */
final class EnerfloNumber {

  private static final int MOST_DIGITS = 9;
  private static final int LONGEST = 40;

  private EnerfloNumber() {}

  /** Of at most nine digits before the point; null for anything else. */
  static BigDecimal of(String text) {
    try {
      boolean plausible = text != null && text.length() <= LONGEST;
      BigDecimal number = plausible ? new BigDecimal(text) : null;
      return number != null
              && number.scale() <= MOST_DIGITS
              && Math.abs((long) number.precision() - number.scale()) <= MOST_DIGITS
          ? number
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** A count: not negative, nothing behind the point, below a million. */
  static Integer whole(String text) {
    BigDecimal number = of(text);
    boolean isCount =
        number != null
            && number.signum() >= 0
            && number.stripTrailingZeros().scale() <= 0
            && number.compareTo(BigDecimal.valueOf(1_000_000)) < 0;
    return isCount ? number.intValueExact() : null;
  }

  /** One value as text, null where it holds none. */
  static String text(JsonNode value) {
    return new JsonFields(JsonNodeFactory.instance.objectNode().set("value", value)).text("value");
  }
}
