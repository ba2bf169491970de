package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads the YAML of a file. An error names the begin of the mistake and its fix. */
public final class YamlSyntax {

  /** A value that begins with a placeholder and has no quotes. */
  private static final Pattern UNQUOTED = Pattern.compile("(?:^|: +|- +)(\\{\\{[^{}]*}}[^#\\s]*)");

  private static final String TEXT = "Put the whole text in quotes: '…'";
  private static final String GENERAL_FIX =
      "Look at the indentation, colons and quotes here and in the line above";

  /**
   * The meaning of a parser's message.
   *
   * @param part of the parser's message
   * @param atContext whether the mistake is at the begin of the value
   */
  private record ParserMessage(String part, boolean atContext, String problem, String fix) {}

  private static final List<ParserMessage> PARSER_MESSAGES =
      List.of(
          new ParserMessage(
              "(TAB)", false, "a tab stands where YAML takes spaces", "Indent with spaces only"),
          new ParserMessage(
              "mapping values are not allowed",
              false,
              "a colon follows where no key begins",
              "A text with a colon and a space stands in quotes: '…'; keys of one mapping have one"
                  + " indentation"),
          new ParserMessage(
              "unexpected end of stream", true, "a quote is not closed", "Close it, or remove it"),
          new ParserMessage(
              "unknown escape character",
              false,
              "a backslash in double quotes begins an escape that YAML does not have",
              "Write the text in single quotes, or the backslash twice"),
          new ParserMessage("undefined alias", false, "a text cannot begin with *", TEXT),
          new ParserMessage(
              "unexpected character found", false, "a text cannot begin with * or &", TEXT),
          new ParserMessage("that cannot start any token", false, "a text cannot begin here", TEXT),
          new ParserMessage("expected ',' or '}'", true, "a { is not closed", "Close it by }"),
          new ParserMessage("expected ',' or ']'", true, "a [ is not closed", "Close it by ]"),
          new ParserMessage(
              "but found another document",
              false,
              "the file holds a second document",
              "Remove the line ---, or put what follows into a file of its own"),
          new ParserMessage(
              "but found '<scalar>'",
              false,
              "a text goes on where the value has ended",
              "Within single quotes write a quote twice (''), or put the text in double quotes"));

  private YamlSyntax() {}

  /** The document of a file; empty, with a problem added, if it has none. */
  public static Optional<YamlNode> read(String name, String text, List<Problem> problems) {
    List<Problem> encoding = TextEncoding.problems(name, text);
    problems.addAll(encoding);
    if (!encoding.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<YamlNode> root = YamlNode.parse(text);
      if (root.isPresent() && root.get().containsItself()) {
        problems.add(new Problem(name, 1, 1, "a value contains itself", "Remove the alias"));
        return Optional.empty();
      }
      if (root.isEmpty() || root.get().isText()) {
        boolean empty = root.isEmpty() || root.get().text().isBlank();
        String problem = empty ? "the file is empty" : "the file is one text, without keys";
        String fix = empty ? "Fill it, or delete it" : "Write a space behind each colon";
        problems.add(new Problem(name, 1, 1, problem, fix));
        return Optional.empty();
      }
      return root;
    } catch (YamlEngineException e) {
      problems.add(unquoted(name, text, e).orElseGet(() -> problem(name, text, e)));
      return Optional.empty();
    }
  }

  private static Optional<Problem> unquoted(String name, String text, YamlEngineException e) {
    int until =
        e instanceof MarkedYamlEngineException marked
            ? marked.getProblemMark().map(Mark::getLine).orElse(0)
            : Integer.MAX_VALUE;
    int line = 0;
    for (String one : text.replaceFirst("^\uFEFF", "").split("\\R")) {
      Matcher value = UNQUOTED.matcher(one);
      boolean near = until == Integer.MAX_VALUE || line == until || line == until - 1;
      if (near && value.find()) {
        String written = value.group(1);
        return Optional.of(
            new Problem(
                name,
                line + 1,
                value.start(1) + 1,
                "%s stands without quotes, and YAML reads { as the beginning of a mapping"
                    .formatted(written),
                "Quote it: \"%s\"".formatted(written)));
      }
      line++;
    }
    return Optional.empty();
  }

  private static Problem problem(String name, String text, YamlEngineException e) {
    if (e instanceof ReaderException reader) {
      return Problem.at(
          name,
          text,
          text.offsetByCodePoints(0, reader.getPosition()),
          "a character here is not allowed in YAML: U+%04X".formatted(reader.getCodePoint()),
          "Remove it; it is invisible in most editors");
    }
    if (!(e instanceof MarkedYamlEngineException marked)) {
      return new Problem(name, 1, 1, "this is no YAML: " + e.getMessage(), GENERAL_FIX);
    }
    String message = String.valueOf(marked.getProblem());
    for (ParserMessage parserMessage : PARSER_MESSAGES) {
      if (message.contains(parserMessage.part())) {
        Optional<Mark> at = parserMessage.atContext() ? marked.getContextMark() : Optional.empty();
        return at(
            name, at.or(marked::getProblemMark), parserMessage.problem(), parserMessage.fix());
      }
    }
    return at(name, marked.getProblemMark(), "this is no YAML: " + message, GENERAL_FIX);
  }

  private static Problem at(String name, Optional<Mark> mark, String problem, String fix) {
    return new Problem(
        name,
        mark.map(Mark::getLine).orElse(0) + 1,
        mark.map(Mark::getColumn).orElse(0) + 1,
        problem,
        fix);
  }
}
