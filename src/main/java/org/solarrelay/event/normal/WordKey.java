package org.solarrelay.event.normal;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Computes the key by which words are compared: letters and digits, lower case, without accents.
 */
public final class WordKey {

  private WordKey() {}

  /** The key: {@code onhold} for {@code On-Hold}, {@code ny} for {@code N.Y.}. */
  public static String of(String text) {
    return TextNormalizer.isAscii(text) ? ofAscii(text) : ofUnicode(text);
  }

  /** The same key without Unicode's tables: most texts are ASCII. */
  private static String ofAscii(String text) {
    StringBuilder key = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        key.append(Character.toLowerCase(c));
      }
    }
    return key.toString();
  }

  private static String ofUnicode(String text) {
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
