package org.solarrelay.routes.lint;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A loop ends: its count is a number, or its steps change the values that its condition reads. */
final class LoopRule implements Rule {

  private static final String INDEX = "CamelLoopIndex";
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{variables?[.:]([\\w-]+)|variable\\(\"([\\w-]+)\"\\)");
  private static final Pattern TRUE = Pattern.compile("(?i)\\s*(true|1 == 1|!false)\\s*");
  private static final Pattern COUNT = Pattern.compile("\\s*-?\\d+\\s*");
  private static final long MOST = 100_000;
  private static final Set<String> CHANGES_MESSAGE =
      Set.of(
          "setBody",
          "transform",
          "to",
          "toD",
          "bean",
          "process",
          "unmarshal",
          "marshal",
          "poll",
          "pollEnrich",
          "enrich",
          "convertBodyTo",
          "removeHeader",
          "removeHeaders",
          "setHeader",
          "setHeaders",
          "setProperty");
  private static final Set<String> BEANS = Set.of("bean", "process", "script");
  private static final Pattern MESSAGE = Pattern.compile("body|[hH]eader|exchangeProperty");

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index
        .units()
        .flatMap(
            unit ->
                unit.steps()
                    .filter(step -> step.name().equals("loop"))
                    .flatMap(step -> ofLoop(unit.file(), step)));
  }

  private static Stream<Problem> ofLoop(SourceFile file, RouteStep loop) {
    YamlNode expression = loop.value().get("expression");
    if (expression == null || expression.entries().isEmpty()) {
      return Stream.empty();
    }
    YamlNode.Entry language = expression.entries().get(0);
    YamlNode text =
        language.value().isText() ? language.value() : language.value().get("expression");
    boolean whileTrue = "true".equals(loop.value().textAt("doWhile"));
    if (whileTrue) {
      return endless(file, loop, String.valueOf(language.name()), text);
    }
    return text == null || !text.isText() ? Stream.empty() : count(file, text);
  }

  private static Stream<Problem> count(SourceFile file, YamlNode text) {
    String count = text.text().strip();
    if (COUNT.matcher(count).matches()) {
      boolean fits =
          count.length() < 10 && Long.parseLong(count) > 0 && Long.parseLong(count) <= MOST;
      return fits
          ? Stream.empty()
          : Stream.of(
              file.problem(
                  text,
                  "a loop runs %s times".formatted(count),
                  "Write a number from 1 to %d".formatted(MOST)));
    }
    boolean condition =
        count.matches("(?s).*(==|!=|<|>|&&|\\|\\|).*") || TRUE.matcher(count).matches();
    return condition
        ? Stream.of(
            file.problem(
                text,
                "a loop takes this condition for the number of its rounds",
                "Add \"doWhile: true\" to the loop"))
        : Stream.empty();
  }

  private static Stream<Problem> endless(
      SourceFile file, RouteStep loop, String language, YamlNode text) {
    YamlNode where = text == null ? loop.key() : text;
    String condition = text == null || !text.isText() ? "" : text.text();
    if (language.equals("constant") || TRUE.matcher(condition).matches()) {
      return Stream.of(
          file.problem(
              where,
              "this loop has no end: its condition is always the same",
              "Let the condition read what the steps change, or"
                  + " ${exchangeProperty.CamelLoopIndex} < 10"));
    }
    if (condition.contains(INDEX)) {
      return Stream.empty();
    }
    if ("true".equals(loop.value().textAt("copy"))) {
      return Stream.of(
          file.problem(
              where,
              "this loop has no end: with \"copy: true\" every round begins with the same message",
              "Remove copy, or let the condition read ${exchangeProperty.CamelLoopIndex}"));
    }
    return readsOnlyWhatStays(loop, language, condition)
        ? Stream.of(
            file.problem(
                where,
                "this loop has no end: no step in it changes what its condition reads",
                "Set a variable of the condition in the loop, or add"
                    + " ${exchangeProperty.CamelLoopIndex} < 10 to it"))
        : Stream.empty();
  }

  private static boolean readsOnlyWhatStays(RouteStep loop, String language, String condition) {
    boolean unknown = RouteStep.in(loop.value()).anyMatch(step -> BEANS.contains(step.name()));
    if (unknown || language.equals("method") || language.equals("ref")) {
      return false;
    }
    Set<String> read =
        VARIABLE
            .matcher(condition)
            .results()
            .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
            .collect(Collectors.toSet());
    boolean readsMessage = read.isEmpty() || MESSAGE.matcher(condition).find();
    boolean messageChanges = RouteStep.in(loop.value()).anyMatch(LoopRule::changesMessage);
    return !(readsMessage && messageChanges)
        && loop.value().allEntries().stream().flatMap(LoopRule::sets).noneMatch(read::contains);
  }

  private static boolean changesMessage(RouteStep step) {
    return CHANGES_MESSAGE.contains(step.name());
  }

  private static Stream<String> sets(YamlNode.Entry entry) {
    return switch (String.valueOf(entry.name())) {
      case "setVariable", "removeVariable" -> Stream.ofNullable(entry.value().textAt("name"));
      case "variableReceive" -> Stream.ofNullable(entry.value().text());
      default -> Stream.empty();
    };
  }
}
