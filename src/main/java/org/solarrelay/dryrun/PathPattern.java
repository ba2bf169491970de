package org.solarrelay.dryrun;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path in which {@code *} stands for anything between two slashes, and {@code {name}} for the
 * same with a name.
 */
record PathPattern(String text) {

  private static final Pattern PART = Pattern.compile("\\{([A-Za-z]\\w*)}|\\*|[^*{]+|\\{");

  boolean fits(String path) {
    return pattern().matcher(path).matches();
  }

  /** What the names stand for in a path; nothing where it does not fit. */
  Map<String, String> parts(String path) {
    Map<String, String> parts = new TreeMap<>();
    Matcher matcher = pattern().matcher(path);
    if (matcher.matches()) {
      PART.matcher(text)
          .results()
          .map(part -> part.group(1))
          .filter(name -> name != null)
          .forEach(name -> parts.put(name, matcher.group(name)));
    }
    return parts;
  }

  /** How many parts of it stand for anything. */
  int openParts() {
    return (int) PART.matcher(text).results().filter(part -> isOpen(part.group())).count();
  }

  private static boolean isOpen(String part) {
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
