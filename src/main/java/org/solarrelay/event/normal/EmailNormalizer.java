package org.solarrelay.event.normal;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the e-mail address in a text: without spaces, {@code mailto:}, display name or trailing
 * punctuation. Of several addresses the first counts. Case stays, and so do international domains.
 *
 * <p>Libraries are not used: they validate a whole text and do not find an address in it, and their
 * lists of top-level domains reject the domains that are reserved for examples.
 */
public final class EmailNormalizer {

  private static final int MAX_LOCAL_PART_LENGTH = 64;
  private static final int MAX_LENGTH = 320;
  private static final int MAX_TEXT_LENGTH = 1000;
  private static final Pattern AROUND_AT = Pattern.compile(" ?@ ?");
  private static final Pattern SPACE_IN_DOMAIN =
      Pattern.compile("([^ @]+@[^ @.,;]+)(?: \\.|\\. | \\. )(\\p{L}{2,20})");
  private static final Pattern SEPARATORS = Pattern.compile("[\\s,;:|/<>()\\[\\]{}\"&]+");
  private static final Set<String> NO_MAILBOX =
      Set.of("none", "noemail", "nomail", "noemailaddress", "unknown", "undefined", "null");
  private static final Set<String> NOTHING = Set.of("na", "no", "x", "test", "email", "fake");
  private static final String NOT_IN_LOCAL_PART = " ,;:<>()[]\\\"@";

  private EmailNormalizer() {}

  /** The address; empty where the text holds none. */
  public static Optional<String> normalize(String text) {
    String line = line(text);
    return (isAddress(line) ? Optional.of(line) : addresses(line).stream().findFirst())
        .filter(address -> !isPlaceholder(address));
  }

  /** Whether the text holds more than one address. */
  static boolean isSeveral(String text) {
    String line = line(text);
    return !isAddress(line) && addresses(line).stream().distinct().count() > 1;
  }

  private static String line(String whole) {
    String text = whole.substring(0, Math.min(MAX_TEXT_LENGTH, whole.length()));
    String line =
        TextNormalizer.normalize(
                Normalizer.normalize(HtmlEntities.decode(text), Normalizer.Form.NFKC))
            .orElse("");
    line = line.indexOf('@') < 0 ? line.replace("%40", "@") : line;
    line = line.replace('\u3002', '.');
    if (line.startsWith("'") || line.startsWith("=")) {
      // a spreadsheet's mark of a text or a formula
      line = line.substring(1);
    }
    boolean one = line.indexOf('@') == line.lastIndexOf('@');
    if (!one || line.indexOf(' ') < 0) {
      return line;
    }
    String joined = AROUND_AT.matcher(line).replaceFirst("@");
    Matcher spaced = SPACE_IN_DOMAIN.matcher(joined);
    return spaced.matches() ? spaced.group(1) + "." + spaced.group(2) : joined;
  }

  /** The addresses in a line; an address in angle brackets comes first, after its display name. */
  private static List<String> addresses(String line) {
    int open = line.indexOf('<');
    int close = line.indexOf('>', open + 1);
    List<String> all =
        Arrays.stream(SEPARATORS.split(line))
            .map(EmailNormalizer::withoutEnds)
            .filter(EmailNormalizer::isWholeAddress)
            .toList();
    if (open < 0 || close < 0) {
      return all;
    }
    List<String> inBrackets =
        Arrays.stream(SEPARATORS.split(line.substring(open, close)))
            .map(EmailNormalizer::withoutEnds)
            .filter(EmailNormalizer::isWholeAddress)
            .toList();
    return inBrackets.isEmpty() ? all : inBrackets;
  }

  /** Removes the query of a link, quotes, and dots at the ends. */
  private static String withoutEnds(String word) {
    int at = word.indexOf('@');
    int query = at < 0 ? -1 : word.indexOf('?', at);
    int start = 0;
    int end = query < 0 ? word.length() : query;
    while (start < end && (isPunctuation(word.charAt(start)) || word.charAt(start) == '=')) {
      start++;
    }
    while (end > start && isPunctuation(word.charAt(end - 1))) {
      end--;
    }
    return word.substring(start, end);
  }

  private static boolean isPunctuation(char c) {
    return ".'`*!?#\\\u2018\u2019\u201c\u201d".indexOf(c) >= 0;
  }

  /** Whether the word is an address with a whole domain; false for {@code ada@example,com}. */
  private static boolean isWholeAddress(String word) {
    return isAddress(word) && word.indexOf('.', word.indexOf('@')) > 0;
  }

  /** Whether the address is a placeholder for a required field: {@code none@none.com}. */
  public static boolean isPlaceholder(String address) {
    int at = address.indexOf('@');
    String local = WordKey.of(address.substring(0, Math.max(0, at)));
    String domain = address.substring(at + 1).toLowerCase(Locale.ROOT);
    return NO_MAILBOX.contains(local)
        || NOTHING.contains(local) && domain.split("\\.", 2)[0].equals(local);
  }

  private static boolean isAddress(String word) {
    int at = word.indexOf('@');
    return at > 0
        && at <= MAX_LOCAL_PART_LENGTH
        && word.length() <= MAX_LENGTH
        && word.charAt(0) != '.'
        && word.chars().limit(at).noneMatch(c -> NOT_IN_LOCAL_PART.indexOf(c) >= 0)
        && isDomain(word.substring(at + 1));
  }

  private static boolean isDomain(String domain) {
    if (domain.codePoints().noneMatch(Character::isLetterOrDigit)) {
      return false;
    }
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
