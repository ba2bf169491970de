package org.solarrelay.event.normal;

import java.util.Locale;

/** A word as it is compared with others: letters and digits, in lower case. */
final class WordKey {

  private WordKey() {}

  /** {@code onhold} of {@code On-Hold}, {@code ny} of {@code N.Y.}. */
  static String of(String text) {
    StringBuilder key = new StringBuilder(text.length());
    text.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(key::appendCodePoint);
    return key.toString();
  }
}
