package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** No file or comment contains a key or token: they come from the environment. */
final class SecretRule implements Rule {

  private static final Set<String> PROSE = Set.of("description", "note", "title", "message", "id");
  private static final List<String> LITERALS = List.of("constant", "simple");

  private static final String PROBLEM = "this looks like a secret";
  private static final String FIX =
      "Read it from the environment: {{relay.destinations.<name>.api-key:}}; and change the key, it"
          + " has been in a file";

  private final FileCheck perFile =
      new FileCheck(file -> Stream.concat(values(file), comments(file)));

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index.files().stream().flatMap(perFile::of);
  }

  private static Stream<Problem> values(SourceFile file) {
    Stream<Problem> ofKeys =
        file.entries()
            .filter(entry -> entry.value().isText())
            .flatMap(
                entry ->
                    place(entry).map(it -> file.problem(entry.value(), it, PROBLEM, FIX)).stream());
    Stream<Problem> ofLists =
        file.entries()
            .flatMap(entry -> entry.value().items().stream())
            .filter(item -> item.isText() && !item.text().startsWith("data:"))
            .flatMap(
                item ->
                    SecretText.find(item.text())
                        .map(it -> file.problem(item, it, PROBLEM, FIX))
                        .stream());
    return Stream.concat(ofKeys, ofLists);
  }

  private static Stream<Problem> comments(SourceFile file) {
    return YamlComment.in(file.root().source().text()).stream()
        .flatMap(
            comment ->
                SecretText.inComment(comment.text())
                    .map(
                        it ->
                            new Problem(
                                file.name(),
                                comment.line(),
                                comment.column() + it,
                                "a comment holds what looks like a secret",
                                "Remove it, and change the key: it has been in a file"))
                    .stream());
  }

  private static Optional<Integer> place(YamlNode.Entry entry) {
    String text = entry.value().text();
    String key = String.valueOf(entry.name());
    if (text.startsWith("data:")) {
      return Optional.empty();
    }
    Optional<Integer> form = SecretText.find(text);
    if (PROSE.contains(key) || form.isPresent()) {
      return form;
    }
    if (SecretText.isName(key) && isLiteral(text)
        || isSecretHeader(entry)
        || isSecretDefault(entry)) {
      return Optional.of(0);
    }
    return SecretText.random(text);
  }

  /** {@code name: api-key} with a constant as its value. */
  private static boolean isSecretHeader(YamlNode.Entry entry) {
    return "name".equals(entry.name())
        && SecretText.isName(entry.value().text())
        && LITERALS.stream()
            .map(language -> entry.map().textAt("expression", language, "expression"))
            .anyMatch(text -> text != null && isLiteral(text));
  }

  /** The default of a kamelet's property of the format password. */
  private static boolean isSecretDefault(YamlNode.Entry entry) {
    return "default".equals(entry.name())
        && "password".equals(entry.map().textAt("format"))
        && isLiteral(entry.value().text());
  }

  private static boolean isLiteral(String text) {
    return !text.isBlank() && !text.contains("{{") && !text.contains("${");
  }
}
