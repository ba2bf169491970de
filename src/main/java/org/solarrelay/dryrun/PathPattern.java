package org.solarrelay.dryrun;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path with wildcards: {@code *} matches one segment, {@code {name}} matches one segment and
 * names it.
 */
record PathPattern(String text) {

  private static final Pattern PART = Pattern.compile("\\{([A-Za-z]\\w*)}|\\*|[^*{]+|\\{");

  boolean matches(String path) {
    return pattern().matcher(path).matches();
  }

  /** The named segments of a path; none if the path does not match. */
  Map<String, String> variables(String path) {
    Map<String, String> variables = new TreeMap<>();
    Matcher matcher = pattern().matcher(path);
    if (matcher.matches()) {
      PART.matcher(text)
          .results()
          .map(part -> part.group(1))
          .filter(name -> name != null)
          .forEach(name -> variables.put(name, matcher.group(name)));
    }
    return variables;
  }

  /** The number of wildcards. */
  int wildcards() {
    return (int) PART.matcher(text).results().filter(part -> isWildcard(part.group())).count();
  }

  private static boolean isWildcard(String part) {
    return part.equals("*") || part.length() > 1 && part.startsWith("{");
  }

  private Pattern pattern() {
    return Pattern.compile(
        PART.matcher(text).replaceAll(part -> Matcher.quoteReplacement(regex(part.group()))));
  }

  private static String regex(String part) {
    if (part.equals("*")) {
      return "[^/]*";
    }
    return part.length() > 1 && part.startsWith("{")
        ? "(?<" + part.substring(1, part.length() - 1) + ">[^/]*)"
        : Pattern.quote(part);
  }
}
