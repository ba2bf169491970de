package org.solarrelay.event.normal;

import java.text.Normalizer;
import java.util.Locale;

/** A word as it is compared with others: letters and digits, in lower case, without accents. */
public final class WordKey {

  private WordKey() {}

  /** {@code onhold} of {@code On-Hold}, {@code ny} of {@code N.Y.}. */
  public static String of(String text) {
    StringBuilder key = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFKD)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(WordKey::counts)
        .forEach(key::appendCodePoint);
    return key.toString();
  }

  /** The okina of {@code Hawai&#x2bb;i} is a modifier letter. */
  private static boolean counts(int c) {
    return Character.isLetterOrDigit(c) && Character.getType(c) != Character.MODIFIER_LETTER;
  }
}
