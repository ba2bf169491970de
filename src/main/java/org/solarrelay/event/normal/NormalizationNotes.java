package org.solarrelay.event.normal;

import java.util.ArrayList;
import java.util.List;

/** Collects notes for people about removed and changed fields. */
final class NormalizationNotes {

  private static final int MAX_NOTES = 20;
  private static final int MAX_VALUE_LENGTH = 80;

  private final List<String> notes = new ArrayList<>();

  /** Adds a note such as {@code e-mail `ada@` is no address, left out}. */
  void leftOut(String field, String value, String why) {
    add("%s `%s` %s, left out".formatted(field, shown(value), why));
  }

  /**
   * Adds a note such as {@code mobile `801-555-0144 / 801-555-0155` holds several numbers, the
   * first is used}.
   */
  void chosen(String field, String value, String what) {
    add("%s `%s` holds several %s, the first is used".formatted(field, shown(value), what));
  }

  List<String> all() {
    return List.copyOf(notes);
  }

  private void add(String note) {
    if (notes.size() < MAX_NOTES && !notes.contains(note)) {
      notes.add(note);
    }
  }

  private static String shown(String value) {
    String line = TextNormalizer.normalize(value).orElse("").replace('`', '\'');
    return line.codePointCount(0, line.length()) > MAX_VALUE_LENGTH
        ? line.substring(0, line.offsetByCodePoints(0, MAX_VALUE_LENGTH)) + "…"
        : line;
  }
}
