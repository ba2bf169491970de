package org.solarrelay.event.normal;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the e-mail address in a text: without spaces, {@code mailto:}, display name or trailing
 * punctuation. Of several addresses the first counts. Case stays, and so do international domains.
 *
 * <p>Libraries do not serve here: they judge a whole text and do not find an address in it, and
 * their lists of top-level domains refuse the domains that are reserved for examples.
 */
public final class EmailNormalizer {

  private static final int LONGEST_LOCAL_PART = 64;
  private static final int LONGEST = 320;
  private static final int LONGEST_TEXT = 1000;
  private static final Pattern AROUND_AT = Pattern.compile(" ?@ ?");
  private static final Pattern SEPARATORS = Pattern.compile("[\\s,;:|/<>()\\[\\]\"]+");
  private static final String NOT_IN_LOCAL_PART = " ,;:<>()[]\\\"@";

  private EmailNormalizer() {}

  /** The address; empty where the text holds none. */
  public static Optional<String> normalize(String text) {
    String line = line(text);
    return isAddress(line) ? Optional.of(line) : addresses(line).stream().findFirst();
  }

  /** Whether the text holds more than one address. */
  static boolean isSeveral(String text) {
    String line = line(text);
    return !isAddress(line) && addresses(line).stream().distinct().count() > 1;
  }

  private static String line(String whole) {
    String text = whole.substring(0, Math.min(LONGEST_TEXT, whole.length()));
    String line =
        TextNormalizer.normalize(Normalizer.normalize(text, Normalizer.Form.NFKC)).orElse("");
    line = line.indexOf('@') < 0 ? line.replace("%40", "@") : line;
    line = line.replace('\u3002', '.');
    boolean one = line.indexOf('@') == line.lastIndexOf('@');
    return one ? AROUND_AT.matcher(line).replaceFirst("@") : line;
  }

  /** An address in angle brackets comes first: what stands before it is a name. */
  private static List<String> addresses(String line) {
    int open = line.indexOf('<');
    int close = line.indexOf('>', open + 1);
    List<String> all =
        Arrays.stream(SEPARATORS.split(line))
            .map(EmailNormalizer::withoutEnds)
            .filter(EmailNormalizer::isAddress)
            .toList();
    if (open < 0 || close < 0) {
      return all;
    }
    List<String> inBrackets =
        Arrays.stream(SEPARATORS.split(line.substring(open, close)))
            .map(EmailNormalizer::withoutEnds)
            .filter(EmailNormalizer::isAddress)
            .toList();
    return inBrackets.isEmpty() ? all : inBrackets;
  }

  /** Without the query of a link, quotes, and dots at the ends. */
  private static String withoutEnds(String word) {
    int at = word.indexOf('@');
    int query = at < 0 ? -1 : word.indexOf('?', at);
    int start = 0;
    int end = query < 0 ? word.length() : query;
    while (start < end && isPunctuation(word.charAt(start))) {
      start++;
    }
    while (end > start && isPunctuation(word.charAt(end - 1))) {
      end--;
    }
    return word.substring(start, end);
  }

  private static boolean isPunctuation(char c) {
    return ".'`*!?\u2018\u2019\u201c\u201d".indexOf(c) >= 0;
  }

  private static boolean isAddress(String word) {
    int at = word.indexOf('@');
    return at > 0
        && at <= LONGEST_LOCAL_PART
        && word.length() <= LONGEST
        && word.charAt(0) != '.'
        && word.chars().limit(at).noneMatch(c -> NOT_IN_LOCAL_PART.indexOf(c) >= 0)
        && isDomain(word.substring(at + 1));
  }

  private static boolean isDomain(String domain) {
    boolean separator = true;
    for (int i = 0; i < domain.length(); ) {
      int c = domain.codePointAt(i);
      if (c == '.' ? separator : !isOfLabel(c)) {
        return false;
      }
      separator = c == '.';
      i += Character.charCount(c);
    }
    return !separator;
  }

  private static boolean isOfLabel(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || c == '-'
        || c == '_'
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }
}
