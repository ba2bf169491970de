package org.solarrelay.routes.lint;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Routes read and write JSON by jq, not by Jackson's methods or the removed bean {@code
 * jsonTemplate}.
 */
final class ReplacedByJqRule implements Rule {

  static final String TEMPLATE_BEAN = "jsonTemplate";

  private static final Set<String> CALLS = Set.of("bean", "method");
  private static final Pattern FUNCTION = Pattern.compile("\\$\\{([^{}]+)}");
  private static final Pattern COMPARISON =
      Pattern.compile("\\s*\\$\\{[^{}]+}\\s*(==|!=)\\s*'([^']*)'\\s*");
  private static final Pattern TEMPLATE =
      Pattern.compile("(fill|add)\\((?:.*,)?\\s*'(?:\\$\\{variable\\.([\\w-]+)}|(\\{.*}))'\\s*,.*");

  private final FileCheck perFile = new FileCheck(ReplacedByJqRule::ofFile);

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index.files().stream().flatMap(perFile::of);
  }

  private static Stream<Problem> ofFile(SourceFile file) {
    Set<Integer> simple =
        SimpleExpression.in(file)
            .map(expression -> expression.text().start())
            .collect(Collectors.toSet());
    return file.entries()
        .flatMap(
            entry ->
                Stream.concat(
                    access(file, entry, simple.contains(entry.value().start())),
                    template(file, entry)));
  }

  private static Stream<Problem> access(SourceFile file, YamlNode.Entry entry, boolean simple) {
    String text = entry.value().text();
    if (text == null || "description".equals(entry.name())) {
      return Stream.empty();
    }
    return FUNCTION
        .matcher(text)
        .results()
        // SimpleRule reports it
        .filter(it -> !simple || SimpleFunctions.mistake(0, it.group(1)).isEmpty())
        .flatMap(
            function ->
                JacksonExpression.in(function.group(1)).stream()
                    .map(access -> problem(file, entry.value(), function.group(), access)));
  }

  private static Problem problem(
      SourceFile file, YamlNode text, String function, JacksonExpression access) {
    return file.problem(
        text,
        function,
        "\"%s\" reads JSON by methods of Java".formatted(function),
        fix(text.text(), access));
  }

  private static String fix(String text, JacksonExpression access) {
    Matcher compared = COMPARISON.matcher(text);
    String jq =
        compared.matches()
            ? "%s %s \"%s\"".formatted(access.jq(), compared.group(1), compared.group(2))
            : access.jq();
    return access
        .source()
        .map(
            variable ->
                "Write it in jq: expression: '%s', with source: variable:%s"
                    .formatted(jq, variable))
        .orElseGet(() -> "Write it in jq: %s".formatted(jq));
  }

  private static Stream<Problem> template(SourceFile file, YamlNode.Entry entry) {
    YamlNode ref = entry.value().get("ref");
    boolean calls = CALLS.contains(String.valueOf(entry.name()));
    if (!calls || ref == null || !TEMPLATE_BEAN.equals(ref.text())) {
      return Stream.empty();
    }
    String method = String.valueOf(entry.value().textAt("method"));
    return Stream.of(
        file.problem(
            ref,
            "there is no bean \"%s\" any more".formatted(TEMPLATE_BEAN),
            "Write the JSON in jq: %s".formatted(request(file, method))));
  }

  private static String request(SourceFile file, String method) {
    Matcher call = TEMPLATE.matcher(method.strip());
    Optional<String> json =
        call.matches()
            ? Optional.ofNullable(call.group(3))
                .or(() -> constant(file, call.group(2)))
                .flatMap(JqTemplate::of)
            : Optional.empty();
    String fields = "%s | del(.. | nulls)".formatted(json.orElse("{name: .data.fullName}"));
    return method.strip().startsWith("add")
        ? "(variable(\"%s\") | fromjson) * (%s)".formatted(firstVariable(method), fields)
        : fields;
  }

  private static String firstVariable(String method) {
    Matcher variable = Pattern.compile("\\$\\{variable\\.([\\w-]+)}").matcher(method);
    return variable.find() ? variable.group(1) : "request";
  }

  private static Optional<String> constant(SourceFile file, String variable) {
    return file.entries()
        .filter(entry -> "setVariable".equals(entry.name()))
        .map(YamlNode.Entry::value)
        .filter(step -> variable.equals(step.textAt("name")))
        .map(step -> step.textAt("expression", "constant", "expression"))
        .filter(text -> text != null)
        .findFirst();
  }
}
