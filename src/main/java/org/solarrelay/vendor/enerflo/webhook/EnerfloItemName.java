package org.solarrelay.vendor.enerflo.webhook;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the name of an item in a change order's {@code change_values} is about. Enerflo does not
 * document these names (its Change Order Array shows adders only), so they are told by their words:
 * {@code panel_count}, {@code moduleType}, {@code batteries}. A name with any other word in it,
 * such as {@code main_panel_upgrade}, is about something else.
 */
record EnerfloItemName(Set<String> words) {

  static final Set<String> PANELS = Set.of("panel", "panels", "module", "modules");
  static final Set<String> BATTERIES = Set.of("battery", "batteries", "storage");

  private static final Set<String> COUNT = Set.of("count", "quantity", "qty", "number", "num");
  private static final Set<String> MODEL = Set.of("model", "name", "title", "type");
  private static final Set<String> MEANINGLESS = Set.of("solar", "pv", "of", "total", "the");

  static EnerfloItemName of(String name) {
    String spaced = name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    return new EnerfloItemName(
        Arrays.stream(spaced.split("[^a-z0-9]+"))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toSet()));
  }

  boolean isAbout(Set<String> kind) {
    return words.stream().anyMatch(kind::contains)
        && words.stream().allMatch(word -> kind.contains(word) || isKnown(word));
  }

  boolean isCount() {
    return words.stream().anyMatch(COUNT::contains);
  }

  boolean isModel() {
    return words.stream().anyMatch(MODEL::contains);
  }

  private static boolean isKnown(String word) {
    return COUNT.contains(word) || MODEL.contains(word) || MEANINGLESS.contains(word);
  }
}
