package org.solarrelay.routes.lint;

import java.util.stream.Stream;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.language.simple.SimpleLanguage;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;

/** Camel's simple language can be read. */
final class SimpleRule implements Rule {

  @Override
  public Stream<Problem> check(RouteSet set) {
    SimpleLanguage language = new SimpleLanguage();
    language.setCamelContext(new SimpleCamelContext(false));
    return Simple.of(set).stream().flatMap(it -> check(language, it));
  }

  private static Stream<Problem> check(SimpleLanguage language, Simple simple) {
    // only a running program has placeholders' values and beans
    String text =
        simple
            .text()
            .text()
            .replaceAll("\\{\\{[^}]*}}", "x")
            .replaceAll("\\$\\{bean:[^}]*}", "\\${body}");
    try {
      if (simple.predicate()) {
        language.createPredicate(text);
      } else {
        language.createExpression(text);
      }
      return Stream.empty();
    } catch (RuntimeException e) {
      return Stream.of(
          simple
              .file()
              .problem(
                  simple.text(),
                  "\"%s\" can not be read: %s".formatted(simple.text().text(), reason(e)),
                  "See Camel's page on the simple language"));
    }
  }

  private static String reason(RuntimeException e) {
    String message =
        e instanceof SimpleIllegalSyntaxException syntax
            ? "%s at character %d".formatted(syntax.getShortMessage(), syntax.getIndex() + 1)
            : String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse("");
  }
}
