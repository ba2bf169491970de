package org.solarrelay.delivery.api;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Set;
import org.solarrelay.ops.access.ApiProblem;

/** Query parameters of the operator API; one that makes no sense is a 400 that names it. */
final class QueryParameters {

  private static final Set<String> STATES =
      Set.of("pending", "running", "held", "delivered", "skipped", "dead");

  private static final int LONGEST_REASON = 500;

  private QueryParameters() {}

  static String state(String state) {
    if (state != null && !STATES.contains(state)) {
      throw invalid("state", "one of " + String.join(", ", STATES.stream().sorted().toList()));
    }
    return state;
  }

  /** ISO 8601 with offset; null stays null. */
  static OffsetDateTime time(String name, String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text);
    } catch (DateTimeException e) {
      throw invalid(name, "a time with offset, such as 2026-01-31T08:00:00Z");
    }
  }

  /** The end of an interval, of which {@code since} is the beginning. */
  static OffsetDateTime until(String text, OffsetDateTime since) {
    OffsetDateTime until = time("until", text);
    if (until != null && since != null && !until.isAfter(since)) {
      throw invalid("until", "a time after since");
    }
    return until;
  }

  /** Text that a reason contains. A blank one, which each reason contains, selects too much. */
  static String reason(String text) {
    if (text != null && (text.isBlank() || text.length() > LONGEST_REASON)) {
      throw invalid("reason", "a text of 1 to %d characters".formatted(LONGEST_REASON));
    }
    return text;
  }

  /** An HTTP status; null stays null. */
  static Integer status(String text) {
    if (text != null && !text.matches("[1-9]\\d\\d")) {
      throw invalid("status", "an HTTP status, such as 422");
    }
    return text == null ? null : Integer.valueOf(text);
  }

  /** The number of a delivery in a path: what is none has no delivery. */
  static long deliveryId(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw noSuchDelivery();
    }
    return Long.parseLong(text);
  }

  static ApiProblem noSuchDelivery() {
    return new ApiProblem(
        404, "Not Found", "There is no delivery with this number; GET /api/deliveries lists them");
  }

  static long number(String name, String text, long absent) {
    try {
      return text == null ? absent : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw invalid(name, "a number");
    }
  }

  /** How many at most: as many as are asked for, but at least one and not too many. */
  static int limit(String text, int usual, int largest) {
    return (int) Math.min(Math.max(number("limit", text, usual), 1), largest);
  }

  /** True only where it is said so, for what has consequences: {@code ?force=true}. */
  static boolean flag(String name, String text) {
    if (text != null && !text.equals("true") && !text.equals("false")) {
      throw invalid(name, "true or false");
    }
    return "true".equals(text);
  }

  static ApiProblem invalid(String parameter, String expected) {
    return new ApiProblem(400, "Bad Request", parameter + " is " + expected);
  }
}
