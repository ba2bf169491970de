package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The operators of Camel's simple language, and common mistakes. */
final class SimpleOperators {

  private static final List<String> OPERATORS =
      List.of(
          "==",
          "=~",
          "!=",
          "!=~",
          ">",
          ">=",
          "<",
          "<=",
          "&&",
          "||",
          "contains",
          "!contains",
          "~~",
          "!~~",
          "regex",
          "!regex",
          "in",
          "!in",
          "is",
          "!is",
          "range",
          "!range",
          "startsWith",
          "!startsWith",
          "endsWith",
          "!endsWith");

  private static final Map<String, String> MEANT =
      Map.ofEntries(
          Map.entry("=", "=="),
          Map.entry("===", "=="),
          Map.entry("eq", "=="),
          Map.entry("equals", "=="),
          Map.entry("!==", "!="),
          Map.entry("<>", "!="),
          Map.entry("ne", "!="),
          Map.entry("gt", ">"),
          Map.entry("lt", "<"),
          Map.entry("and", "&&"),
          Map.entry("&", "&&"),
          Map.entry("or", "||"),
          Map.entry("|", "||"),
          Map.entry("matches", "regex"));

  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final Pattern JQ = Pattern.compile("\\.[a-z]\\w*(\\.\\w+)*\\s.*", Pattern.DOTALL);
  private static final Pattern OPERATOR = Pattern.compile("(?<=\\s)[=!<>&|~]+(?=\\s|$)|\\s\\w+$");

  private SimpleOperators() {}

  /** Whether a text contains an operator between spaces. */
  static boolean areIn(String text) {
    return OPERATOR.matcher(text).find();
  }

  /** Whether the text ends with an operator. */
  static boolean isLast(String text) {
    return OPERATORS.contains(text.strip().replaceFirst("(?s).*\\s", ""));
  }

  /**
   * A word in the wrong place.
   *
   * @param index the offset that Camel reports, in chars
   */
  static SyntaxMistake unexpected(String text, int index) {
    int begin = index;
    // Camel's offset may be one after the first of several characters
    while (begin > 0 && "=&|<>!".indexOf(text.charAt(begin - 1)) >= 0) {
      begin--;
    }
    Matcher found = WORD.matcher(text).region(begin, text.length());
    String word = found.lookingAt() ? found.group() : "";
    String signs = word.replaceFirst("(?<=[=!<>&|~])[^=!<>&|~].*", "");
    if (begin == 0) {
      return start(text, word);
    }
    if (word.startsWith("}")) {
      return new SyntaxMistake(begin, "there is a } too many", "Remove it");
    }
    if (MEANT.containsKey(signs)) {
      return new SyntaxMistake(
          begin,
          "simple has no operator \"%s\"".formatted(signs),
          "Write %s".formatted(MEANT.get(signs)));
    }
    if (OPERATORS.contains(signs)) {
      boolean last = text.substring(begin).strip().equals(signs);
      return last
          ? new SyntaxMistake(begin, "nothing follows " + signs, "Write the value to compare with")
          : new SyntaxMistake(
              begin,
              "%s has no space on both sides".formatted(signs),
              "Write a space before and behind it");
    }
    return new SyntaxMistake(
        begin,
        "simple has no operator \"%s\"".formatted(word),
        SpellingSuggestion.of(word, OPERATORS, 2)
            .map("Did you mean \"%s\"?"::formatted)
            .orElse("Write one of " + String.join(" ", OPERATORS)));
  }

  /** The first word cannot begin an expression. */
  private static SyntaxMistake start(String text, String word) {
    if (JQ.matcher(text).matches()) {
      return new SyntaxMistake(
          0, "this is jq, not simple", "Write it below \"jq:\" in place of \"simple:\"");
    }
    if (word.startsWith("(")) {
      return new SyntaxMistake(
          0, "simple has no parentheses", "Use jq: (.a or .b) and .c, or a filter within a filter");
    }
    if (word.equals("not") || word.startsWith("!")) {
      return new SyntaxMistake(
          0, "simple has no \"not\"", "Write ${…} == false, or use jq: .a | not");
    }
    String name = word.replaceFirst("^[$#%]\\s*\\{?", "").replaceFirst("}$", "");
    boolean brace = word.equals("$") || word.startsWith("#{") || word.startsWith("%{");
    if (brace || SimpleSyntax.FUNCTIONS.contains(name.replaceFirst("\\..*", ""))) {
      String written = word.equals("$") ? "…" : name;
      return new SyntaxMistake(
          0,
          "\"%s\" is a text, no value of the message".formatted(word),
          "Write ${%s}".formatted(written));
    }
    return new SyntaxMistake(
        0,
        "a condition does not begin with \"%s\"".formatted(word),
        "Begin with what is compared, as in ${body.type} == 'lead.submitted'");
  }

  /** The word after an operator is not a value. */
  static SyntaxMistake operand(String text, String message, int index) {
    String operator = message.replaceFirst(".*operator (\\S+) .*", "$1");
    int begin = Math.max(text.lastIndexOf(operator, index), 0);
    String rest = text.substring(Math.min(begin + operator.length(), text.length()));
    Matcher found = WORD.matcher(rest);
    if (!found.find()) {
      return new SyntaxMistake(begin, "nothing follows " + operator, "Write what is compared");
    }
    String value = found.group();
    String plain = value.replaceAll("^[‘’“”]+|[‘’“”]+$", "");
    return new SyntaxMistake(
        begin + operator.length() + found.start(),
        "%s stands without quotes behind %s".formatted(value, operator),
        "Write '%s'; a value of the message is ${%s}"
            .formatted(plain, plain.matches("[\\w.]+") ? plain : "…"));
  }
}
