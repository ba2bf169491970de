package org.solarrelay.delivery.api;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.delivery.queue.DestinationHistory.Step;
import org.solarrelay.ops.access.ApiProblem;

/**
 * Parses query parameters of the operator API. An invalid parameter is a 400 that names the
 * parameter.
 */
final class QueryParameters {

  private static final String STATES =
      Arrays.stream(DeliveryState.values())
          .map(DeliveryState::text)
          .sorted()
          .collect(Collectors.joining(", "));

  private static final int LONGEST_REASON = 500;

  private QueryParameters() {}

  /** A state of deliveries; empty where none is given. */
  static Optional<DeliveryState> state(String text) {
    Optional<DeliveryState> state = Optional.ofNullable(text).flatMap(DeliveryState::of);
    if (text != null && state.isEmpty()) {
      throw invalid("state", "one of " + STATES);
    }
    return state;
  }

  /** Parses ISO 8601 with offset; null stays null. */
  static OffsetDateTime time(String name, String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text);
    } catch (DateTimeException e) {
      throw invalid(name, "a time with offset, such as 2026-01-31T08:00:00Z");
    }
  }

  /** Parses the end of an interval that begins at {@code since}. */
  static OffsetDateTime until(String text, OffsetDateTime since) {
    OffsetDateTime until = time("until", text);
    if (until != null && since != null && !until.isAfter(since)) {
      throw invalid("until", "a time after since");
    }
    return until;
  }

  /**
   * Checks a text to search in reasons. A blank one is invalid, because every reason contains it.
   */
  static String reason(String text) {
    if (text != null && (text.isBlank() || text.length() > LONGEST_REASON)) {
      throw invalid("reason", "a text of 1 to %d characters".formatted(LONGEST_REASON));
    }
    return text;
  }

  /** Parses the length of an interval; a minute where none is given. */
  static Step step(String text) {
    return text == null
        ? Step.MINUTE
        : Step.of(text).orElseThrow(() -> invalid("step", "one of minute, hour, day"));
  }

  /** Parses an HTTP status; null stays null. */
  static Integer status(String text) {
    if (text != null && !text.matches("[1-9]\\d\\d")) {
      throw invalid("status", "an HTTP status, such as 422");
    }
    return text == null ? null : Integer.valueOf(text);
  }

  /** Parses a delivery's number in a path. Any other text is a 404. */
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

  /** Parses {@code limit}, between 1 and {@code largest}. */
  static int limit(String text, int defaultLimit, int largest) {
    return (int) Math.min(Math.max(number("limit", text, defaultLimit), 1), largest);
  }

  /**
   * Parses a flag such as {@code ?force=true}. Only {@code true} or {@code false} is valid; absent
   * is false.
   */
  static boolean flag(String name, String text) {
    return flag(name, text, false);
  }

  /** As {@link #flag(String, String)}, with another value where it is absent. */
  static boolean flag(String name, String text, boolean absent) {
    if (text != null && !text.equals("true") && !text.equals("false")) {
      throw invalid(name, "true or false");
    }
    return text == null ? absent : text.equals("true");
  }

  /** Such as {@code state dead, destination enerflo}; a null value is left out. */
  static String words(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .filter(parameter -> parameter.getValue() != null)
        .map(parameter -> parameter.getKey() + " " + parameter.getValue())
        .collect(Collectors.joining(", "));
  }

  static ApiProblem invalid(String parameter, String expected) {
    return new ApiProblem(400, "Bad Request", parameter + " is " + expected);
  }
}
