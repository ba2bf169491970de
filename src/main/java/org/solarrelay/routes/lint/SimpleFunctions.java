package org.solarrelay.routes.lint;

import java.text.SimpleDateFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds functions that Camel's simple language accepts, and that fail or mislead at run time. */
final class SimpleFunctions {

  private static final Pattern NAMELESS =
      Pattern.compile("(header|headers|variable|variables|exchangeProperty)[.:]?");
  private static final Pattern AS_TYPE =
      Pattern.compile(
          "(?:mandatoryBodyAs|bodyAs|headerAs)\\((?:[^,()]+,\\s*)?([\\w.$\\[\\]]+)\\)?.*");
  private static final Pattern DATE =
      Pattern.compile(
          "date(?:-with-timezone)?:(?:now|millis|exchangeCreated|header\\.[^:]+|variable\\.[^:]+"
              + "|exchangeProperty\\.[^:]+|file)?(?:[+-]\\w+)*(?::(.*))?");

  private SimpleFunctions() {}

  /**
   * A problem of a function that Camel accepts.
   *
   * @param at the offset of its ${ in the expression
   * @param function the text in the braces
   */
  static Optional<SyntaxMistake> mistake(int at, String function) {
    if (function.isBlank()) {
      return found(at, "${} names nothing", "Name what it reads, as in ${body}");
    }
    if (NAMELESS.matcher(function).matches() && !function.matches("headers|variables")) {
      String name = function.replaceFirst("[.:]$", "");
      return found(
          at, "${%s} names nothing".formatted(function), "Write ${%s.name}".formatted(name));
    }
    if (!function.contains("(") && SimpleOperators.areIn(function)) {
      String[] parts = function.split("\\s+", 2);
      return found(
          at,
          "the comparison stands within ${…}, where it is read as a name",
          "Close ${ before it: ${%s} %s".formatted(parts[0], parts.length > 1 ? parts[1] : ""));
    }
    Matcher type = AS_TYPE.matcher(function);
    if (type.matches()
        && !ClassRule.SHORT_TYPES.contains(type.group(1))
        && ClassNames.find(type.group(1)) == null) {
      return found(
          at,
          "there is no class %s".formatted(type.group(1)),
          "Write its whole name with the package, as in java.lang.String");
    }
    return function.startsWith("date") ? date(at, function) : Optional.empty();
  }

  private static Optional<SyntaxMistake> date(int at, String function) {
    Matcher date = DATE.matcher(function);
    if (!date.matches()) {
      String problem = "${%s} is no date".formatted(function);
      return found(
          at, problem, "Write ${date:now:yyyy-MM-dd}, ${date:now-24h:…} or ${date:header.name:…}");
    }
    String pattern = date.group(1);
    if (pattern != null && !function.contains("timezone")) {
      try {
        new SimpleDateFormat(pattern);
      } catch (IllegalArgumentException e) {
        String problem = "\"%s\" is no pattern of a date".formatted(pattern);
        return found(at, problem, "Write it as in yyyy-MM-dd'T'HH:mm:ss");
      }
    }
    return Optional.empty();
  }

  private static Optional<SyntaxMistake> found(int at, String problem, String fix) {
    return Optional.of(new SyntaxMistake(at, problem, fix));
  }
}
