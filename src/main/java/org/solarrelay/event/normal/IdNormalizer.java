package org.solarrelay.event.normal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/**
 * Gives an id one spelling: {@code 4712}, {@code "4712"}, {@code 4712.0} and {@code " 4712 "} are
 * the same id.
 */
public final class IdNormalizer {

  /** Placeholders for no id; records with such an id would be merged. */
  private static final Set<String> NO_IDS =
      Set.of("null", "undefined", "none", "nan", "nil", "true", "false", "objectobject");

  private static final int MAX_WORD_LENGTH = 20;

  private IdNormalizer() {}

  /** True for null, and for placeholders such as {@code undefined}. */
  public static boolean isNoId(String text) {
    return text == null
        || text.isBlank()
        || text.length() <= MAX_WORD_LENGTH && NO_IDS.contains(WordKey.of(text));
  }

  /**
   * The id; empty for a blank text. An id with a control character stays, for the reader of events
   * to reject.
   */
  public static Optional<String> normalize(String text) {
    String stripped = text.strip();
    return stripped.chars().anyMatch(Character::isISOControl)
        ? Optional.of(stripped)
        : TextNormalizer.normalize(stripped).map(id -> NumberNormalizer.ofText(id).orElse(id));
  }

  /** The id in JSON: a text, or a whole number; empty for anything else. */
  public static Optional<String> normalize(JsonNode id) {
    if (id.isTextual()) {
      return normalize(id.textValue());
    }
    return id.isNumber() ? NumberNormalizer.ofNumber(id.decimalValue()) : Optional.empty();
  }
}
