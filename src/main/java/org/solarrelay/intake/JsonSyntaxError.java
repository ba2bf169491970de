package org.solarrelay.intake;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

/** Why a body is not JSON, in words a sender may be shown: the place, never the text. */
final class JsonSyntaxError {

  private JsonSyntaxError() {}

  static String describe(JsonProcessingException e, byte[] body) {
    if (e instanceof StreamConstraintsException) {
      return "the body is not JSON as it is taken here: it is too deep or too long in places";
    }
    return "the body is not JSON" + reason(e, body) + place(e.getLocation());
  }

  static String place(JsonParser parser) {
    return place(parser.currentTokenLocation());
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : ": line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  /** Jackson's own texts quote what was sent. */
  private static String reason(JsonProcessingException e, byte[] body) {
    String message = String.valueOf(e.getOriginalMessage());
    if (message.startsWith("Invalid UTF-8")) {
      return " in UTF-8";
    }
    if (message.startsWith("Non-standard token")) {
      return ", which has neither NaN nor Infinity";
    }
    if (message.startsWith("Unexpected end-of-input")) {
      return ", it ends too early";
    }
    return endsWithComma(body, e.getLocation()) ? ", a comma stands before a closing bracket" : "";
  }

  private static boolean endsWithComma(byte[] body, JsonLocation location) {
    int at = location == null ? -1 : (int) location.getByteOffset();
    if (at > 0 && at <= body.length && isClosing(body[at - 1])) {
      at--;
    } else if (at < 0 || at >= body.length || !isClosing(body[at])) {
      return false;
    }
    do {
      at--;
    } while (at >= 0 && Character.isWhitespace(body[at]));
    return at >= 0 && body[at] == ',';
  }

  private static boolean isClosing(byte character) {
    return character == '}' || character == ']';
  }
}
