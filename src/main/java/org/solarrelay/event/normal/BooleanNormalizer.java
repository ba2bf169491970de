package org.solarrelay.event.normal;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the words that forms send for a check box. */
public final class BooleanNormalizer {

  private static final Set<String> TRUE =
      Set.of("true", "t", "yes", "y", "on", "1", "1.0", "checked");
  private static final Set<String> FALSE =
      Set.of("false", "f", "no", "n", "off", "0", "0.0", "unchecked");

  private BooleanNormalizer() {}

  /** True or false; empty for any other text. */
  public static Optional<Boolean> normalize(String text) {
    String word = TextNormalizer.normalize(text).orElse("").toLowerCase(Locale.ROOT);
    if (TRUE.contains(word)) {
      return Optional.of(true);
    }
    return FALSE.contains(word) ? Optional.of(false) : Optional.empty();
  }
}
