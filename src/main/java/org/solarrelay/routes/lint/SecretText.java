package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds keys and tokens in a text, by their form or by the name before them. */
public final class SecretText {

  /** Secrets with a known form. */
  private static final List<Pattern> FORMS =
      List.of(
          Pattern.compile("whsec_[A-Za-z0-9+/]{8,}"),
          Pattern.compile("(?i)\\b(bearer|basic)\\s+[a-z0-9._~+/-]{8,}"),
          Pattern.compile("\\beyJ[\\w-]{8,}\\.[\\w-]{8,}"),
          Pattern.compile("\\b[sr]k_(live|test)_[A-Za-z0-9]{8,}"),
          Pattern.compile("\\bgh[pousr]_[A-Za-z0-9]{20,}"),
          Pattern.compile("\\bxox[abprs]-[\\w-]{10,}"),
          Pattern.compile("\\bAKIA[0-9A-Z]{16}\\b"),
          Pattern.compile("\\bAIza[\\w-]{30,}"),
          Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"),
          Pattern.compile("hooks\\.slack\\.com/services/\\w+/\\w+/\\w+"),
          Pattern.compile("://[^/@\\s{}$]+:[^/@\\s{}$*]+@"),
          Pattern.compile(
              "(?i)[?&][\\w.-]{0,30}(api[-_]?key|access[-_]?key|token|secret|password|passwd)="
                  + "[^&{}$\\s*]{6,}"));

  /** A name and a value with a digit: {@code "api_key": "a1…"}, {@code password=hunter2}. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)[\"']?[\\w.-]{0,30}(api[-_]?key|access[-_]?key|authorization|token|secret|password|passwd)"
              + "[\"']?\\s*[:=]\\s*([\"'])(?=[^\"']{0,60}\\d)[^\"'{}$\\s*]{6,200}\\2");

  private static final Pattern NAMED_IN_COMMENT =
      Pattern.compile(
          "(?i)[\\w.-]{0,30}(api[-_]?key|access[-_]?key|authorization|token|secret|password|passwd)"
              + "\\s*[:=]\\s*(?=\\S{0,60}\\d)[^\"'{}$<\\s*]{6,200}");

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern RANDOM = Pattern.compile("[A-Za-z0-9_+=/-]{20,}");

  /** Excludes hyphens, which join words in comments. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_+=/]{20,}");

  private static final double RANDOM_BITS = 3.5;

  private SecretText() {}

  /** The offset of a secret with a known form or name, in chars. */
  public static Optional<Integer> find(String text) {
    return FORMS.stream()
        .flatMap(form -> form.matcher(text).results())
        .map(it -> it.start())
        .findFirst()
        .or(() -> first(NAMED, text));
  }

  /** The offset of a secret, also of a named value without quotes, in chars. */
  static Optional<Integer> inComment(String text) {
    return find(text).or(() -> first(NAMED_IN_COMMENT, text)).or(() -> random(WORD, text));
  }

  /**
   * The offset of a random-looking text: it has far more bits per character than words. The path of
   * a URL is not a secret; one of its words may be.
   */
  static Optional<Integer> random(String text) {
    return random(RANDOM, text.contains("://") ? text.replace('/', ' ') : text);
  }

  private static Optional<Integer> random(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .filter(it -> isRandom(it.group()))
        .map(it -> it.start())
        .findFirst();
  }

  /** Whether a key, header or option of that name contains a secret. */
  static boolean isName(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    return plain.matches(
        "authorization|.*(password|passwd|passphrase|secret|apikey|accesskey|privatekey|signingkey"
            + "|authkey|credentials|(?<!page|next|sync)token)");
  }

  private static Optional<Integer> first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? Optional.of(found.start()) : Optional.empty();
  }

  private static boolean isRandom(String text) {
    boolean mixed = text.matches(".*\\d.*") && text.matches(".*[A-Za-z].*");
    return mixed && !UUID.matcher(text).matches() && bits(text) > RANDOM_BITS;
  }

  private static double bits(String text) {
    return text.chars()
        .distinct()
        .mapToDouble(c -> (double) text.chars().filter(it -> it == c).count() / text.length())
        .map(share -> -share * Math.log(share) / Math.log(2))
        .sum();
  }
}
