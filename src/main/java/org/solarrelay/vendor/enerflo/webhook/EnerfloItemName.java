package org.solarrelay.vendor.enerflo.webhook;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Classifies the name of an item in a change order's {@code change_values} by its words: {@code
 * panel_count}, {@code moduleType}, {@code batteries}. Enerflo does not document these names; its
 * Change Order Array shows adders only. A name with any other word, such as {@code
 * main_panel_upgrade}, is no equipment.
 */
record EnerfloItemName(Set<String> words) {

  static final Set<String> PANELS = Set.of("panel", "panels", "module", "modules");
  static final Set<String> BATTERIES = Set.of("battery", "batteries", "storage");

  private static final Set<String> COUNT = Set.of("count", "quantity", "qty", "number", "num");
  private static final Set<String> MODEL = Set.of("model", "name", "title", "type");
  private static final Set<String> FILLER = Set.of("solar", "pv", "of", "total", "the");

  static EnerfloItemName of(String name) {
    String spaced = name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    return new EnerfloItemName(
        Arrays.stream(spaced.split("[^a-z0-9]+"))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toSet()));
  }

  /** Whether the name has a word of the kind, and no unknown word. */
  boolean isAbout(Set<String> kind) {
    return words.stream().anyMatch(kind::contains)
        && words.stream().allMatch(word -> kind.contains(word) || isKnown(word));
  }

  /** Whether the name is that of a count. */
  boolean isCount() {
    return words.stream().anyMatch(COUNT::contains);
  }

  /** Whether the name is that of a model. */
  boolean isModel() {
    return words.stream().anyMatch(MODEL::contains);
  }

  private static boolean isKnown(String word) {
    return COUNT.contains(word) || MODEL.contains(word) || FILLER.contains(word);
  }
}
