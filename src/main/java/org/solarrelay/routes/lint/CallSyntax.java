package org.solarrelay.routes.lint;

import java.util.Optional;

/** Finds mistakes in the text of a method's call, such as {@code delivered(${body}, '.id'}. */
final class CallSyntax {

  private CallSyntax() {}

  /** The first mistake; empty if Camel can read the call. */
  static Optional<SyntaxMistake> mistake(String text) {
    for (int begin = text.indexOf("${"); begin >= 0; begin = text.indexOf("${", begin + 1)) {
      if (text.indexOf('}', begin) < 0) {
        return found(begin, "${ is not closed", "Close it by }, as in ${body}");
      }
    }
    int open = text.indexOf('(');
    if (open < 0) {
      String name = text.strip();
      int odd = odd(name);
      return odd < 0
          ? Optional.empty()
          : found(
              text.indexOf(name) + odd,
              "\"%s\" does not belong to a method's name".formatted(name.charAt(odd)),
              "Write the name alone, or its arguments in parentheses: name(${body}, 'text')");
    }
    return arguments(text, open);
  }

  private static int odd(String name) {
    for (int at = 0; at < name.length(); at++) {
      if (!Character.isJavaIdentifierPart(name.charAt(at)) && name.charAt(at) != '.') {
        return at;
      }
    }
    return -1;
  }

  private static Optional<SyntaxMistake> arguments(String text, int open) {
    int depth = 0;
    int quote = -1;
    int begin = open + 1;
    for (int at = open; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quote >= 0) {
        quote = c == text.charAt(quote) ? -1 : quote;
      } else if (c == '\'' || c == '"') {
        quote = at;
      } else if ("({[".indexOf(c) >= 0) {
        depth++;
      } else if (")}]".indexOf(c) >= 0) {
        depth--;
      }
      boolean ends = quote < 0 && depth == 0;
      if (ends || quote < 0 && depth == 1 && c == ',') {
        boolean only = ends && begin == open + 1;
        if (!only && text.substring(begin, at).isBlank()) {
          return found(at, "an argument is missing", "Write it, or remove the comma");
        }
        begin = at + 1;
      }
      if (ends) {
        String rest = text.substring(at + 1);
        return rest.isBlank()
            ? Optional.empty()
            : found(
                at + 1,
                "%s follows the closed parenthesis".formatted(rest.strip()),
                "Remove it, or move it in front of )");
      }
    }
    return quote >= 0
        ? found(quote, "a quote is not closed", "Close it by " + text.charAt(quote))
        : found(open, "the parenthesis is not closed", "Write ) behind the last argument");
  }

  private static Optional<SyntaxMistake> found(int offset, String problem, String fix) {
    return Optional.of(new SyntaxMistake(offset, problem, fix));
  }
}
