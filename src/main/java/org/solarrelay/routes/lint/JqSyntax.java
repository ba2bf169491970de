package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** Finds the mistake in an expression in jq. */
final class JqSyntax {

  private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+)");
  private static final Pattern EXPECTED = Pattern.compile("(?m)^\\s+\"?([^\"\\s]+)\"? \\.\\.\\.");
  private static final Pattern NOT_BEFORE = Pattern.compile("\\bnot\\s*[.(]");
  private static final Pattern VARIABLE = Pattern.compile("\\$(?!__)([A-Za-z_]\\w*)(?!\\w*::)");
  private static final Pattern ASSIGNMENT = Pattern.compile("(?<![=!<>|+*/%?-])=(?!=)");

  /** The quantifiers are possessive: others overflow the stack on a long text. */
  private static final Pattern TEXT = Pattern.compile("\"(\\\\.|[^\"\\\\])*+\"");

  /** Common mistakes, and the jq to write instead. */
  private record CommonMistake(String written, String problem, String fix) {}

  private static final List<CommonMistake> COMMON_MISTAKES =
      List.of(
          new CommonMistake(
              "'", "jq has no single quotes", "Write the text in double quotes: \"…\""),
          new CommonMistake("&&", "jq has no &&", "Write and"),
          new CommonMistake("||", "jq has no ||", "Write or"),
          new CommonMistake("!", "jq has no !", "Write | not behind the value: .data.email | not"),
          new CommonMistake(
              "“", "these are no quotes of jq", "Write the text in plain quotes: \"…\""),
          new CommonMistake(
              "”", "these are no quotes of jq", "Write the text in plain quotes: \"…\""),
          new CommonMistake(
              "‘", "these are no quotes of jq", "Write the text in double quotes: \"…\""),
          new CommonMistake(
              "${", "jq has no ${…}", "Write a path such as .data.email, or variable(\"name\")"),
          new CommonMistake("? ", "jq has no ?:", "Write if .a then .b else .c end"));

  private static final Pattern COUNTRY =
      Pattern.compile("\\b(phone|date)\\(\\s*\"([^\"\\\\]*)\"\\s*\\)");

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final Pattern KEY = Pattern.compile("[A-Za-z_]\\w*$");

  private JqSyntax() {}

  /** Explains why an expression does not compile. */
  static SyntaxMistake of(String text, JsonQueryException refusal) {
    Throwable cause = refusal.getCause() == null ? refusal : refusal.getCause();
    String message = String.valueOf(cause.getMessage());
    int offset = offset(text, message);
    for (CommonMistake mistake : COMMON_MISTAKES) {
      int begin = text.startsWith(mistake.written(), offset - 1) ? offset - 1 : offset;
      if (begin >= 0 && text.startsWith(mistake.written(), begin)) {
        return new SyntaxMistake(begin, mistake.problem(), mistake.fix());
      }
      int two = begin - 1;
      if (two >= 0 && mistake.written().length() == 2 && text.startsWith(mistake.written(), two)) {
        return new SyntaxMistake(two, mistake.problem(), mistake.fix());
      }
    }
    if (message.contains("\\\\") || message.contains("in lexical state")) {
      return new SyntaxMistake(
          Math.max(0, offset - 1),
          "a backslash in a text begins an escape that jq does not have",
          "Write it twice: \"\\\\d\"");
    }
    Optional<SyntaxMistake> value = openValue(text, offset);
    if (value.isPresent()) {
      return value.get();
    }
    if (message.contains("\"<EOF>\"")) {
      return ended(text);
    }
    if (text.startsWith("\"", offset) && unclosed(text, '"')) {
      return new SyntaxMistake(offset, "a quote is not closed", "Close it by \"");
    }
    if (offset < text.length() && ")]}".indexOf(text.charAt(offset)) >= 0) {
      String sign = text.substring(offset, offset + 1);
      return new SyntaxMistake(offset, "%s closes nothing".formatted(sign), "Remove it");
    }
    if (text.startsWith(",", offset) || text.startsWith("|", offset)) {
      String sign = text.substring(offset, offset + 1);
      return new SyntaxMistake(
          offset, "no value stands in front of " + sign, "Write it, or remove it");
    }
    String word = text.substring(offset).replaceFirst("(?s)\\s.*", "");
    Matcher key = KEY.matcher(text.substring(0, offset));
    if (word.matches("[.-][\\w.-]+:") && key.find()) {
      String name = key.group() + word.substring(0, word.length() - 1);
      return new SyntaxMistake(
          key.start(),
          "the key %s has a sign that belongs to no name".formatted(name),
          "Write \"%s\":".formatted(name));
    }
    return new SyntaxMistake(
        offset,
        "jq cannot read \"%s\" here".formatted(word),
        "An operator such as |, and, or, == or // joins two values; a text stands in \"…\"; a"
            + " field's name with a space is .\"first name\"");
  }

  /** Valid jq that is always a mistake. */
  static Optional<SyntaxMistake> parserMessage(String text, boolean predicate) {
    String code =
        TEXT.matcher(text).replaceAll(it -> "\"" + "x".repeat(it.group().length() - 2) + "\"");
    Matcher not = NOT_BEFORE.matcher(code);
    if (not.find()) {
      return Optional.of(
          new SyntaxMistake(
              not.start(), "not stands behind its value in jq", "Write .data.email | not"));
    }
    Matcher assignment = ASSIGNMENT.matcher(code);
    if (predicate && assignment.find()) {
      return Optional.of(
          new SyntaxMistake(
              assignment.start(), "= changes a field and compares nothing", "Write =="));
    }
    return country(text).or(() -> unbound(text, code));
  }

  /** A country that the normalising functions do not know and would ignore. */
  private static Optional<SyntaxMistake> country(String text) {
    Matcher call = COUNTRY.matcher(text);
    while (call.find()) {
      if (!COUNTRIES.contains(call.group(2).toUpperCase(Locale.ROOT))) {
        return Optional.of(
            new SyntaxMistake(
                call.start(2) - 1,
                "%s knows no country \"%s\"".formatted(call.group(1), call.group(2)),
                "Write its two letters, as in %s(\"US\")".formatted(call.group(1))));
      }
    }
    return Optional.empty();
  }

  private static Optional<SyntaxMistake> unbound(String text, String code) {
    Matcher variable = VARIABLE.matcher(text.contains("\\(") ? text : code);
    while (variable.find()) {
      String name = variable.group(1);
      boolean bound =
          Pattern.compile("(\\bas\\b[^|]*?|\\bdef\\b[^:]*?)\\$" + name + "\\b")
              .matcher(text)
              .find();
      if (!bound && !name.equals("ENV")) {
        return Optional.of(
            new SyntaxMistake(
                variable.start(),
                "nothing sets $%s".formatted(name),
                "Set it: . as $%s | …; a variable of the route is variable(\"%s\")"
                    .formatted(name, name)));
      }
    }
    return Optional.empty();
  }

  /** A value in a text, {@code "\(.a"}, without a closing parenthesis. */
  private static Optional<SyntaxMistake> openValue(String text, int offset) {
    int open = lastOpen(text.substring(0, offset), '(', ')');
    if (open < 1 || text.charAt(open - 1) != '\\') {
      return Optional.empty();
    }
    Matcher next = Pattern.compile("[)\"]|\\\\\\(").matcher(text);
    boolean closed = next.find(offset) && next.group().equals(")");
    return closed
        ? Optional.empty()
        : Optional.of(
            new SyntaxMistake(
                open - 1, "\\( is not closed", "Close it by ), as in \\(.data.note)"));
  }

  private static SyntaxMistake ended(String text) {
    int end = text.stripTrailing().length();
    String plain = TEXT.matcher(text).replaceAll(it -> "x".repeat(it.group().length()));
    if (plain.indexOf('"') >= 0) {
      return new SyntaxMistake(plain.indexOf('"'), "a quote is not closed", "Close it by \"");
    }
    for (String pair : List.of("()", "[]", "{}")) {
      int open = lastOpen(plain, pair.charAt(0), pair.charAt(1));
      if (open >= 0) {
        return new SyntaxMistake(
            open,
            "a %s is not closed".formatted(pair.charAt(0)),
            "Close it by %s".formatted(pair.charAt(1)));
      }
    }
    if (plain.matches("(?s).*\\bif\\b.*") && !plain.matches("(?s).*\\bend\\b.*")) {
      return new SyntaxMistake(end, "an if is not closed", "Write if .a then .b else .c end");
    }
    return new SyntaxMistake(
        end, "a value is missing at the end", "Write it, or remove the operator");
  }

  private static int lastOpen(String text, char open, char close) {
    int depth = 0;
    for (int at = text.length() - 1; at >= 0; at--) {
      depth += text.charAt(at) == close ? 1 : text.charAt(at) == open ? -1 : 0;
      if (depth < 0) {
        return at;
      }
    }
    return -1;
  }

  private static boolean unclosed(String text, char quote) {
    return TEXT.matcher(text).replaceAll("").indexOf(quote) >= 0;
  }

  private static int offset(String text, String message) {
    Matcher place = PLACE.matcher(message);
    if (!place.find()) {
      return 0;
    }
    int begin = 0;
    for (int line = Integer.parseInt(place.group(1)); line > 1; line--) {
      begin = text.indexOf('\n', begin) + 1;
    }
    return Math.max(0, Math.min(text.length(), begin + Integer.parseInt(place.group(2)) - 1));
  }
}
