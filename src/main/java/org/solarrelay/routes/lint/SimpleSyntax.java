package org.solarrelay.routes.lint;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;

/** Finds the mistake in an expression of Camel's simple language. */
final class SimpleSyntax {

  static final List<String> FUNCTIONS =
      List.of(
          "body",
          "bodyAs",
          "bodyOneLine",
          "bean",
          "camelContext",
          "date",
          "empty",
          "exception",
          "exchange",
          "exchangeId",
          "exchangeProperty",
          "header",
          "headerAs",
          "headers",
          "iif",
          "jq",
          "length",
          "mandatoryBodyAs",
          "messageId",
          "messageTimestamp",
          "null",
          "random",
          "ref",
          "routeId",
          "size",
          "stepId",
          "threadId",
          "trim",
          "type",
          "uuid",
          "variable",
          "variables");

  private SimpleSyntax() {}

  /** Explains why Camel rejects an expression. */
  static SyntaxMistake of(String text, RuntimeException refusal) {
    Optional<SimpleIllegalSyntaxException> syntax = syntax(refusal);
    if (syntax.isEmpty()) {
      return general(0, String.valueOf(refusal.getMessage()));
    }
    String message = syntax.get().getShortMessage();
    int index = Math.max(0, Math.min(syntax.get().getIndex(), text.length()));
    if (message.contains("symbol functionEnd")) {
      return new SyntaxMistake(open(text), "${ is not closed", "Close it by }, as in ${body.type}");
    }
    if (message.contains("symbol singleQuote") || message.contains("symbol doubleQuote")) {
      char quote = message.contains("single") ? '\'' : '"';
      return new SyntaxMistake(
          text.lastIndexOf(quote), "a quote is not closed", "Close it by " + quote);
    }
    if (message.startsWith("Unknown function: ")) {
      return function(index, message.substring("Unknown function: ".length()));
    }
    if (message.startsWith("Unexpected token")) {
      return SimpleOperators.unexpected(text, index);
    }
    if (message.contains("operator") && message.contains("does not support token")) {
      return SimpleOperators.operand(text, message, index);
    }
    if (message.startsWith("Valid syntax: ")) {
      String[] parts = message.substring("Valid syntax: ".length()).split(" was: ", 2);
      String was = parts.length > 1 ? parts[1] : text;
      return new SyntaxMistake(
          index, "${%s} is not complete".formatted(was), "Write it as " + parts[0]);
    }
    if (message.contains("symbol whiteSpace") && SimpleOperators.isLast(text)) {
      return SimpleOperators.unexpected(text, text.stripTrailing().lastIndexOf(' ') + 1);
    }
    if (message.contains("symbol whiteSpace")) {
      return new SyntaxMistake(
          index,
          "a space is missing",
          "Write an operator between two spaces, and a list in one pair of quotes: 'a,b'");
    }
    if (message.startsWith("No language could be found for: ")) {
      String name = message.substring(message.indexOf(": ") + 2);
      return new SyntaxMistake(
          Math.max(0, text.indexOf(name)),
          "this program has no language \"%s\"".formatted(name),
          "Use jq: ${jq(.data.email)}");
    }
    return general(index, message);
  }

  private static Optional<SimpleIllegalSyntaxException> syntax(Throwable refusal) {
    Throwable cause = refusal;
    while (cause != null && !(cause instanceof SimpleIllegalSyntaxException)) {
      cause = cause.getCause();
    }
    return Optional.ofNullable((SimpleIllegalSyntaxException) cause);
  }

  private static SyntaxMistake general(int offset, String message) {
    String first = message.lines().findFirst().orElse("");
    return new SyntaxMistake(
        offset,
        "simple cannot read it: " + first,
        "Write it as in ${body.type} == 'lead.submitted' && ${header.x} != null, or use jq");
  }

  /** The offset of the last ${ that is not closed. */
  private static int open(String text) {
    Deque<Integer> open = new ArrayDeque<>();
    for (int at = 0; at < text.length(); at++) {
      if (text.startsWith("${", at)) {
        open.push(at);
      } else if (text.charAt(at) == '}' && !open.isEmpty()) {
        open.pop();
      }
    }
    return open.isEmpty() ? 0 : open.peek();
  }

  private static SyntaxMistake function(int index, String written) {
    String problem = "simple has no function \"%s\"".formatted(written);
    if (!written.equals(written.strip())) {
      String fix = "Write it without spaces: ${%s}".formatted(written.strip());
      return new SyntaxMistake(index, problem, fix);
    }
    if (written.startsWith("jq:")) {
      return new SyntaxMistake(
          index, problem, "Write ${jq(%s)}".formatted(written.substring("jq:".length())));
    }
    if (written.matches("\\.[\\w.]+")) {
      return new SyntaxMistake(index, problem, "Write ${jq(%s)}".formatted(written));
    }
    String name = written.replaceFirst("[.:(\\[?].*", "");
    String fix =
        FUNCTIONS.contains(name)
            ? "Name what it reads, as in ${%s.name}".formatted(name)
            : SpellingSuggestion.hint(name, FUNCTIONS);
    return new SyntaxMistake(index, problem, fix);
  }
}
