package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.solarrelay.mapping.jq.JqQuery;
import org.solarrelay.mapping.jq.JqRefusal;

/** jq expressions compile and call functions that exist. */
final class JqRule implements Rule {

  private static final Set<String> PREDICATES = Set.of("filter", "when", "onWhen", "validate");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^{}]*}}");
  private static final Pattern IN_SIMPLE = Pattern.compile("\\$\\{jq\\(([^}]*)\\)}");
  private static final Pattern HYPHENATED = Pattern.compile("\\.([A-Za-z_][\\w-]*-)$");

  private final FileCheck perFile =
      new FileCheck(file -> Stream.concat(inSimple(file), expressions(file)));

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index.files().stream().flatMap(perFile::of);
  }

  /** {@code ${jq(…)}} within an expression in simple, a URI or another text. */
  private static Stream<Problem> inSimple(SourceFile file) {
    return file.entries()
        .filter(entry -> entry.value().isText() && !"description".equals(entry.name()))
        .flatMap(
            entry ->
                IN_SIMPLE
                    .matcher(entry.value().text())
                    .results()
                    .flatMap(it -> unusable(file, entry.value(), it.start(1), it.group(1), false)));
  }

  private static Stream<Problem> expressions(SourceFile file) {
    Set<Integer> predicates = predicates(file);
    return file.entries()
        .filter(entry -> "jq".equals(entry.name()))
        .map(entry -> entry.value().get("expression"))
        .filter(text -> text != null && text.isText())
        .flatMap(text -> unusable(file, text, 0, text.text(), predicates.contains(text.start())));
  }

  /** The keys whose expressions are predicates. */
  private static Set<Integer> predicates(SourceFile file) {
    return file.entries()
        .filter(entry -> PREDICATES.contains(String.valueOf(entry.name())))
        .flatMap(entry -> Stream.concat(Stream.of(entry.value()), entry.value().items().stream()))
        .map(step -> step.at("expression", "jq", "expression"))
        .filter(text -> text != null && text.isText())
        .map(YamlNode::start)
        .collect(Collectors.toSet());
  }

  /**
   * @param begin the offset of the jq in the text
   */
  private static Stream<Problem> unusable(
      SourceFile file, YamlNode text, int begin, String written, boolean predicate) {
    // only a running program has the values of placeholders; a number is valid in a text as well
    String jq = PLACEHOLDER.matcher(written).replaceAll(it -> "1".repeat(it.group().length()));
    try {
      List<JqRefusal> refusals = JqQuery.compile(jq).refusals();
      if (!refusals.isEmpty()) {
        return refusals.stream()
            .map(
                it -> {
                  int place = place(jq, it);
                  return file.problem(text, begin + place, it.problem(), fix(jq, place, it));
                });
      }
      return JqSyntax.parserMessage(jq, predicate).stream()
          .map(it -> file.problem(text, begin, it));
    } catch (JsonQueryException e) {
      return Stream.of(file.problem(text, begin, JqSyntax.of(jq, e)));
    }
  }

  /** The first place of the rejected name as a word. */
  private static int place(String jq, JqRefusal refusal) {
    String name = refusal.name().replaceFirst("/.*", "");
    Matcher word = Pattern.compile("(?<![\\w.$])" + Pattern.quote(name) + "\\b").matcher(jq);
    return word.find() ? word.start() : 0;
  }

  private static String fix(String jq, int place, JqRefusal refusal) {
    if (refusal.kind() != JqRefusal.Kind.UNKNOWN) {
      return refusal.kind().fix();
    }
    Matcher field = HYPHENATED.matcher(jq.substring(0, place));
    if (field.find()) {
      String name = field.group(1) + refusal.name().replaceFirst("/.*", "");
      return "A field's name with a hyphen stands in quotes: .\"%s\"".formatted(name);
    }
    return SpellingSuggestion.of(refusal.name(), JqQuery.functions(), 2)
        .map("Did you mean %s?"::formatted)
        .orElseGet(() -> text(jq, place, refusal));
  }

  private static String text(String jq, int place, JqRefusal refusal) {
    if (!refusal.name().endsWith("/0")) {
      return refusal.kind().fix();
    }
    String word = jq.substring(place).replaceFirst("(?s)[^\\w.-].*", "");
    return "%s; a text stands in double quotes: \"%s\"".formatted(refusal.kind().fix(), word);
  }
}
