package org.solarrelay.routes.lint;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Suggests the known word that a misspelt one resembles. */
public final class SpellingSuggestion {

  private static final int LISTED = 12;

  private SpellingSuggestion() {}

  /** {@code Did you mean "…"?} with the most similar word; if none is similar, all words. */
  public static String hint(String written, Collection<String> words) {
    return of(written, words, Math.max(2, written.length() / 3))
        .map(word -> "Did you mean \"%s\"?".formatted(word))
        .orElseGet(() -> list(words));
  }

  /** The most similar word, with at most so many different letters; empty if there is none. */
  public static Optional<String> of(String written, Collection<String> words, int tolerance) {
    return words.stream()
        .filter(word -> distance(lower(written), lower(word)) <= tolerance)
        .min(Comparator.comparingInt(word -> distance(lower(written), lower(word))));
  }

  private static String list(Collection<String> words) {
    if (words.isEmpty()) {
      return "There is none";
    }
    String listed = words.stream().sorted().limit(LISTED).collect(Collectors.joining(", "));
    return "There is %s%s".formatted(listed, words.size() > LISTED ? ", …" : "");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
