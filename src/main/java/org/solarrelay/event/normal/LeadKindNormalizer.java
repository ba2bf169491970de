package org.solarrelay.event.normal;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Maps spellings of a lead's kind to {@code residential}, {@code commercial} or {@code
 * large-scale}.
 */
public final class LeadKindNormalizer {

  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("residential", "residential"),
          Map.entry("residence", "residential"),
          Map.entry("res", "residential"),
          Map.entry("resi", "residential"),
          Map.entry("home", "residential"),
          Map.entry("homeowner", "residential"),
          Map.entry("commercial", "commercial"),
          Map.entry("comm", "commercial"),
          Map.entry("ci", "commercial"),
          Map.entry("industrial", "commercial"),
          Map.entry("business", "commercial"),
          Map.entry("largescale", "large-scale"),
          Map.entry("utility", "large-scale"),
          Map.entry("utilityscale", "large-scale"));

  private static final int MAX_LENGTH = 100;

  private LeadKindNormalizer() {}

  /** The kind; empty if neither the text nor a single word in it is a kind. */
  public static Optional<String> normalize(String kind) {
    String cut = kind.substring(0, Math.min(MAX_LENGTH, kind.length()));
    return Optional.ofNullable(KINDS.get(WordKey.of(cut))).or(() -> inWords(cut));
  }

  /** The kind in {@code Commercial Property}; empty for a text with two kinds. */
  private static Optional<String> inWords(String text) {
    Set<String> kinds =
        Arrays.stream(text.split("[\\s/,()-]+"))
            .map(word -> KINDS.get(WordKey.of(word)))
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return kinds.size() == 1 ? kinds.stream().findFirst() : Optional.empty();
  }
}
