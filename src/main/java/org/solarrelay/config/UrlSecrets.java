package org.solarrelay.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the secrets in a URL: the URL of the CRM may have a token in its query, and the URL of a
 * chat's incoming webhook has one in its path.
 */
public final class UrlSecrets {

  /** Shorter values are words such as {@code v=2}; masking them would make texts unreadable. */
  private static final int MIN_LENGTH = 6;

  /** A longer path segment counts as a secret. */
  private static final int MAX_WORD_LENGTH = 16;

  private static final Pattern PARTS =
      Pattern.compile("(?:[^/?#]*:)?(?://(?:([^/?#]*)@)?[^/?#]*)?([^?#]*)(?:\\?([^#]*))?(?:#.*)?");
  private static final Pattern NO_WORD = Pattern.compile("[0-9]|[A-Z].*[A-Z]");

  private UrlSecrets() {}

  /**
   * Returns the values of the query, the path segments that do not look like words, and a name and
   * password before the host; each as written and decoded.
   */
  public static Stream<String> of(String url) {
    Matcher parts = PARTS.matcher(url);
    if (!parts.matches()) {
      return Stream.empty();
    }
    Stream<String> login = part(parts, 1).flatMap(text -> Stream.of(text.split(":")));
    Stream<String> path =
        part(parts, 2)
            .flatMap(text -> Stream.of(text.split("/")))
            .filter(
                segment -> segment.length() > MAX_WORD_LENGTH || NO_WORD.matcher(segment).find());
    Stream<String> query =
        part(parts, 3)
            .flatMap(text -> Stream.of(text.split("&")))
            .map(parameter -> parameter.substring(parameter.indexOf('=') + 1));
    return Stream.of(login, path, query)
        .flatMap(it -> it)
        .filter(value -> value.length() >= MIN_LENGTH)
        .flatMap(value -> Stream.of(value, decoded(value)))
        .distinct();
  }

  private static Stream<String> part(Matcher parts, int group) {
    return Optional.ofNullable(parts.group(group)).stream();
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}
