package org.solarrelay.event.normal;

import java.text.Normalizer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.text.StringEscapeUtils;
import org.apache.commons.text.translate.AggregateTranslator;
import org.apache.commons.text.translate.CharSequenceTranslator;
import org.apache.commons.text.translate.EntityArrays;
import org.apache.commons.text.translate.LookupTranslator;

/** Decodes HTML entities in texts of web forms: {@code O&#039;Brien}. */
final class HtmlEntities {

  /** An ampersand that was escaped several times counts as one. */
  private static final Pattern ENTITY =
      Pattern.compile(
          "&(?:(?:amp|#0{0,3}38|#[xX]26);){0,5}(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,8}));");

  /** The names of HTML 4, and {@code apos}. */
  private static final CharSequenceTranslator NAMED =
      new AggregateTranslator(
          StringEscapeUtils.UNESCAPE_HTML4, new LookupTranslator(EntityArrays.APOS_UNESCAPE));

  private HtmlEntities() {}

  /** The text without entities; unknown entities stay. */
  static String decode(String text) {
    return text.indexOf('&') < 0
        ? text
        : ENTITY.matcher(text).replaceAll(HtmlEntities::replacement);
  }

  /** The decoded text with each letter and its accent as one character (NFC). */
  static String decodeComposed(String text) {
    return Normalizer.normalize(decode(text), Normalizer.Form.NFC);
  }

  private static String replacement(MatchResult entity) {
    String character =
        entity.group(1) != null
            ? character(Integer.parseInt(entity.group(1)), entity.group())
            : entity.group(2) != null
                ? character(Integer.parseInt(entity.group(2), 16), entity.group())
                : named(entity.group(3), entity.group());
    return Matcher.quoteReplacement(character);
  }

  private static String named(String name, String entity) {
    String escaped = "&" + name + ";";
    String character = NAMED.translate(escaped).replace('\u00a0', ' ');
    return character.equals(escaped) ? entity : character;
  }

  private static String character(int codePoint, String entity) {
    return Character.isValidCodePoint(codePoint) && StorableCharacter.test(codePoint)
        ? Character.toString(codePoint)
        : entity;
  }
}
