package org.solarrelay.routes.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Processor;

/** Beans, processors and their methods exist, and Camel passes them texts unchanged. */
final class BeanRule implements Rule {

  private static final Set<String> CALLS = Set.of("bean", "method");
  private static final Pattern REFERENCE = Pattern.compile("#bean:([\\w.-]+)");
  private static final Pattern IN_SIMPLE =
      Pattern.compile("\\$\\{bean:([\\w-]+)(?:\\?method=|\\.)?([\\w]*)(\\([^)]*\\))?");

  private final Map<String, Class<?>> beans = BeanIndex.types();

  private final FileCheck perFile = new FileCheck(file -> ofFile(file).stream());

  @Override
  public Stream<Problem> check(RouteFolderIndex folder) {
    return folder.files().stream().flatMap(perFile::of);
  }

  private List<Problem> ofFile(SourceFile file) {
    List<Problem> problems = new ArrayList<>();
    file.entries()
        .forEach(
            entry -> {
              if (entry.value().isMap() && CALLS.contains(String.valueOf(entry.name()))) {
                call(file, entry.value(), problems);
              }
              if ("process".equals(entry.name())) {
                processor(file, entry.value(), problems);
              }
              references(file, entry.value(), problems);
            });
    return problems;
  }

  private void call(SourceFile file, YamlNode step, List<Problem> problems) {
    YamlNode ref = step.get("ref");
    YamlNode method = step.get("method");
    Class<?> type =
        ref == null
            ? ClassNames.find(step.textAt("beanType"))
            : bean(file, ref, ref.text(), problems);
    if (type != null && method != null && method.isText()) {
      method(file, method, 0, method.text(), type, problems);
    }
  }

  private void processor(SourceFile file, YamlNode step, List<Problem> problems) {
    YamlNode ref = step.get("ref");
    Class<?> type = ref == null ? null : bean(file, ref, ref.text(), problems);
    if (type != null && !Processor.class.isAssignableFrom(type)) {
      String fix = "Call it as \"bean:\" with \"ref:\" and \"method:\"";
      problems.add(
          file.problem(ref, "\"%s\" is a bean, not a processor".formatted(ref.text()), fix));
    }
  }

  private void references(SourceFile file, YamlNode value, List<Problem> problems) {
    String text = String.valueOf(value.text());
    Matcher reference = REFERENCE.matcher(text);
    while (reference.find()) {
      bean(file, value, reference.group(1), problems);
    }
    Matcher simple = IN_SIMPLE.matcher(text);
    while (simple.find()) {
      Class<?> type = bean(file, value, simple.group(1), problems);
      if (type != null && !simple.group(2).isEmpty()) {
        boolean open = text.startsWith("(", simple.end(2));
        String arguments = simple.group(3) != null ? simple.group(3) : open ? "(" : "";
        String call = simple.group(2) + arguments;
        method(file, value, simple.start(2), call, type, problems);
      }
    }
  }

  /** The type of a bean; null, with a problem added, if there is no such bean. */
  private Class<?> bean(SourceFile file, YamlNode at, String name, List<Problem> problems) {
    boolean replaced = name.equals(ReplacedByJqRule.TEMPLATE_BEAN);
    if (!beans.containsKey(name) && !name.contains("{{") && !replaced) {
      problems.add(
          file.problem(
              at,
              "there is no bean \"%s\"".formatted(name),
              RenamedNames.fix(name)
                  .orElseGet(() -> SpellingSuggestion.hint(name, beans.keySet()))));
    }
    return beans.get(name);
  }

  /**
   * @param begin the offset of the call in the text, in chars
   */
  private static void method(
      SourceFile file, YamlNode at, int begin, String text, Class<?> type, List<Problem> problems) {
    Optional<SyntaxMistake> mistake = CallSyntax.mistake(text);
    if (mistake.isPresent()) {
      problems.add(file.problem(at, begin, mistake.get()));
      return;
    }
    if (text.contains("{{")) {
      return;
    }
    MethodCall call = MethodCall.of(text);
    String problem = call.problem(type);
    if (problem != null) {
      Set<String> names = MethodCall.names(type);
      String fix =
          names.contains(call.name())
              ? "Give it as many, separated by commas"
              : SpellingSuggestion.hint(call.name(), names);
      problems.add(file.problem(at, begin, problem, fix));
      return;
    }
    call.rejectedArgument(type)
        .ifPresent(
            it -> {
              int offset = begin + Math.max(0, text.indexOf(it.argument()));
              problems.add(file.problem(at, offset, it.problem(), it.fix()));
            });
    call.interpolatedText(type)
        .ifPresent(value -> problems.add(interpolated(file, at, call, value)));
  }

  private static Problem interpolated(SourceFile file, YamlNode at, MethodCall call, String value) {
    return file.problem(
        at,
        "Camel does not pass the text of %s to %s unchanged: the text null becomes no value"
            .formatted(value, call.name()),
        ("Annotate the parameter with @Variable, @Body or @Header and write \"method: %s\", or put"
                + " the argument in quotes: '%s'")
            .formatted(call.name(), value));
  }
}
