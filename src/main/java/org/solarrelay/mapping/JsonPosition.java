package org.solarrelay.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path in JSON, written as JSONPath: {@code $.address.city}, {@code $.adders[0].name}, {@code
 * $.ids['enerflo.install']}.
 */
final class JsonPosition {

  /** The prefix of every path. */
  static final String ROOT = "$.";

  private static final Pattern STEP = Pattern.compile("\\.([^.\\[]+)|\\[(\\d+)]|\\['([^']*)']");

  private JsonPosition() {}

  /** The value at the path; null if it is missing, a blank text or JSON's null. */
  static JsonNode in(JsonNode json, String place) {
    JsonNode found = json.at(pointer(place));
    boolean blank = found.isTextual() && found.textValue().isBlank();
    return found.isMissingNode() || found.isNull() || blank ? null : found;
  }

  private static JsonPointer pointer(String place) {
    JsonPointer pointer = JsonPointer.empty();
    Matcher step = STEP.matcher(place);
    while (step.find()) {
      if (step.group(2) != null) {
        pointer = pointer.appendIndex(Integer.parseInt(step.group(2)));
      } else {
        pointer = pointer.appendProperty(step.group(1) == null ? step.group(3) : step.group(1));
      }
    }
    return pointer;
  }
}
