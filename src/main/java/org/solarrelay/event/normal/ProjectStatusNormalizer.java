package org.solarrelay.event.normal;

import java.util.Map;
import java.util.Optional;

/**
 * Maps spellings of a project's status to the vocabulary's words: {@code active}, {@code on-hold},
 * {@code completed}, {@code voided}.
 */
public final class ProjectStatusNormalizer {

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("active", "active"),
          Map.entry("activated", "active"),
          Map.entry("onhold", "on-hold"),
          Map.entry("hold", "on-hold"),
          Map.entry("held", "on-hold"),
          Map.entry("putonhold", "on-hold"),
          Map.entry("paused", "on-hold"),
          Map.entry("suspended", "on-hold"),
          Map.entry("complete", "completed"),
          Map.entry("completed", "completed"),
          Map.entry("void", "voided"),
          Map.entry("voided", "voided"),
          Map.entry("cancel", "voided"),
          Map.entry("cancellation", "voided"),
          Map.entry("canceled", "voided"),
          Map.entry("cancelled", "voided"));

  private ProjectStatusNormalizer() {}

  /** One of the four words; empty for any other status. */
  public static Optional<String> normalize(String status) {
    return Optional.ofNullable(WORDS.get(WordKey.of(status)));
  }
}
