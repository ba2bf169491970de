package org.solarrelay.intake;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

/** Describes why a body is not JSON, for its sender: with line and column, without sent text. */
final class JsonSyntaxError {

  private JsonSyntaxError() {}

  static String describe(JsonProcessingException e, byte[] body) {
    if (e instanceof StreamConstraintsException) {
      return "the body exceeds a limit: it is nested too deeply, or a name, number or text is too long";
    }
    return "the body is not JSON" + reason(e, body) + position(e.getLocation());
  }

  static String position(JsonParser parser) {
    return position(parser.currentTokenLocation());
  }

  private static String position(JsonLocation location) {
    return location == null
        ? ""
        : ": line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  /** Replaces Jackson's own messages, because they quote the body. */
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
