package org.solarrelay.event.normal;

import java.util.Map;
import java.util.Optional;

/**
 * Turns other spellings of a lead's kind into {@code residential}, {@code commercial}, {@code
 * large-scale}.
 */
public final class LeadKindNormalizer {

  private static final Map<String, String> KINDS =
      Map.of(
          "residential", "residential",
          "residence", "residential",
          "resi", "residential",
          "home", "residential",
          "homeowner", "residential",
          "commercial", "commercial",
          "business", "commercial",
          "largescale", "large-scale",
          "utilityscale", "large-scale");

  private LeadKindNormalizer() {}

  /** Empty where the word is none of them. */
  public static Optional<String> normalize(String kind) {
    return Optional.ofNullable(KINDS.get(WordKey.of(kind)));
  }
}
