package org.solarrelay.routes.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.language.simple.SimpleLanguage;

/** Expressions in Camel's simple language are valid, and have no surprising meaning. */
final class SimpleRule implements Rule {

  private static final Pattern FUNCTION = Pattern.compile("\\$\\{([^{}]*)}");
  private static final Pattern WORDS =
      Pattern.compile("(body|header|variable|exception)\\.[\\w.]+");

  private final SimpleLanguage language = new SimpleLanguage();
  private final FileCheck perFile = new FileCheck(this::inFile);

  SimpleRule() {
    language.setCamelContext(new SimpleCamelContext(false));
  }

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index.files().stream().flatMap(perFile::of);
  }

  private Stream<Problem> inFile(SourceFile file) {
    return SimpleExpression.in(file).flatMap(this::check);
  }

  private Stream<Problem> check(SimpleExpression simple) {
    String text = simple.text().text();
    // only a running program has placeholders' values and beans; JqRule reads jq
    String values = standIn(text, "\\{\\{[^{}]*}}", "", "");
    String standIn = standIn(values, "\\$\\{(bean:|jq\\()[^}]*}", "${ref:", "}");
    List<SyntaxMistake> mistakes = new ArrayList<>(mistakes(standIn, simple.predicate()));
    if (mistakes.isEmpty()) {
      try {
        if (simple.predicate()) {
          language.createPredicate(standIn);
        } else {
          language.createExpression(standIn);
        }
      } catch (RuntimeException e) {
        mistakes.add(SimpleSyntax.of(standIn, e));
      }
    }
    return mistakes.stream().map(it -> simple.file().problem(simple.text(), 0, it));
  }

  /** A stand-in of the same length, so that offsets stay valid. */
  private static String standIn(String text, String pattern, String begin, String end) {
    return Pattern.compile(pattern)
        .matcher(text)
        .replaceAll(
            found -> {
              int length = found.group().length() - begin.length() - end.length();
              return Matcher.quoteReplacement(begin + "x".repeat(Math.max(0, length)) + end);
            });
  }

  private static List<SyntaxMistake> mistakes(String text, boolean predicate) {
    List<SyntaxMistake> mistakes = new ArrayList<>();
    Matcher functions = FUNCTION.matcher(text);
    while (functions.find()) {
      SimpleFunctions.mistake(functions.start(), functions.group(1)).ifPresent(mistakes::add);
    }
    String plain = text.strip();
    if (WORDS.matcher(plain).matches()) {
      mistakes.add(
          new SyntaxMistake(
              0,
              "\"%s\" is a text, no value of the message".formatted(plain),
              "Write ${%s}".formatted(plain)));
    } else if (predicate && !text.contains("${") && plain.matches("[\\w.-]+")) {
      if (!Set.of("true", "false").contains(plain) && !plain.matches("x+")) {
        mistakes.add(
            new SyntaxMistake(
                0,
                "the condition is always the same: it reads no value of the message",
                "Write what is compared, as in ${body.type} == 'lead.submitted'"));
      }
    }
    return mistakes;
  }
}
