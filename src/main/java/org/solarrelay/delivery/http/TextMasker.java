package org.solarrelay.delivery.http;

import java.util.regex.Pattern;

/**
 * Cuts a vendor's text, then masks e-mail addresses and phone numbers. In this order, the cost does
 * not depend on the text's length.
 */
final class TextMasker {

  /** Masks this many times the limit, because a mask may be shorter than the masked text. */
  private static final int WINDOW = 3;

  private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,100}+@[^\\s@]{0,100}+");
  private static final Pattern NUMBER = Pattern.compile("\\+?\\d[\\d ().-]{6,40}\\d");

  private TextMasker() {}

  /**
   * Masks e-mail addresses and phone numbers.
   *
   * @param limit length of the result in characters; a cut text ends with {@code …}
   */
  static String mask(String text, int limit) {
    String window = text.length() > WINDOW * limit ? wholeWords(text, WINDOW * limit) : text;
    String masked = NUMBER.matcher(window).replaceAll("(number)");
    masked = EMAIL.matcher(masked).replaceAll("(e-mail)");
    boolean cut = window.length() < text.length();
    if (masked.length() > limit) {
      return prefix(masked, limit) + "…";
    }
    return cut ? masked + "…" : masked;
  }

  /** Cuts a text to at most {@code length} characters, without half of a surrogate pair. */
  static String prefix(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    boolean half = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, half ? length - 1 : length);
  }

  /** Cuts between words, because half an address would not be masked. */
  private static String wholeWords(String text, int length) {
    String cut = prefix(text, length);
    int end = cut.length();
    while (end > 0 && !Character.isWhitespace(cut.charAt(end - 1))) {
      end--;
    }
    return end == 0 ? cut : cut.substring(0, end).stripTrailing();
  }
}
