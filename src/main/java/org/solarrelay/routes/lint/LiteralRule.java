package org.solarrelay.routes.lint;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A text that Camel does not evaluate contains no expression. */
final class LiteralRule implements Rule {

  private static final Pattern FUNCTION = Pattern.compile("[$#%]\\{(?!\\{)[^{}]*}?");
  private static final Pattern PATH = Pattern.compile("\\.(data|body|headers)(\\.\\w+)*");
  private static final Set<String> NAMES = Set.of("variable", "header", "exchangeProperty");

  private final FileCheck perFile = new FileCheck(LiteralRule::inFile);

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index.files().stream().flatMap(perFile::of);
  }

  private static Stream<Problem> inFile(SourceFile file) {
    return file.entries()
        .filter(entry -> "expression".equals(entry.name()) && entry.value().isMap())
        .flatMap(entry -> entry.value().entries().stream())
        .flatMap(language -> ofLanguage(file, language));
  }

  private static Stream<Problem> ofLanguage(SourceFile file, YamlNode.Entry language) {
    YamlNode text = language.value().get("expression");
    if (text == null || !text.isText()) {
      return Stream.empty();
    }
    if ("constant".equals(language.name())) {
      return constant(file, text);
    }
    if (NAMES.contains(language.name()) && text.text().contains("${")) {
      String name = text.text().replaceAll(".*\\$\\{(\\w+\\.)?|}.*", "");
      return Stream.of(
          file.problem(
              text,
              "%s takes a name alone".formatted(language.name()),
              "Write \"expression: %s\", or use simple: in place of %s:"
                  .formatted(name, language.name())));
    }
    return Stream.empty();
  }

  private static Stream<Problem> constant(SourceFile file, YamlNode text) {
    Matcher function = FUNCTION.matcher(text.text());
    if (function.find()) {
      return Stream.of(
          file.problem(
              text,
              function.start(),
              "constant is not evaluated: %s stays as it stands here".formatted(function.group()),
              "Write simple: in place of constant:"));
    }
    return PATH.matcher(text.text().strip()).matches()
        ? Stream.of(
            file.problem(
                text,
                "constant is not evaluated: %s stays as it stands here"
                    .formatted(text.text().strip()),
                "Write jq: in place of constant:"))
        : Stream.empty();
  }
}
