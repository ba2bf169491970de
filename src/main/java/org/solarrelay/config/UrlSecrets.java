package org.solarrelay.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What of a URL proves who calls it: the CRM's may hold a token in its query, a chat's incoming
 * webhook in its path.
 */
public final class UrlSecrets {

  /** Shorter ones are words such as {@code v=2}, which must not vanish from every text. */
  private static final int SHORTEST = 6;

  /** So long is no word of a path. */
  private static final int LONGEST_WORD = 16;

  private static final Pattern PARTS =
      Pattern.compile("(?:[^/?#]*:)?(?://(?:([^/?#]*)@)?[^/?#]*)?([^?#]*)(?:\\?([^#]*))?(?:#.*)?");
  private static final Pattern NO_WORD = Pattern.compile("[0-9]|[A-Z].*[A-Z]");

  private UrlSecrets() {}

  /**
   * The values in the query, the segments of the path that are no words, and a name and password
   * before the host; as they stand there and decoded.
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
            .filter(segment -> segment.length() > LONGEST_WORD || NO_WORD.matcher(segment).find());
    Stream<String> query =
        part(parts, 3)
            .flatMap(text -> Stream.of(text.split("&")))
            .map(parameter -> parameter.substring(parameter.indexOf('=') + 1));
    return Stream.of(login, path, query)
        .flatMap(it -> it)
        .filter(value -> value.length() >= SHORTEST)
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
