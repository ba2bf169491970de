package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An access to JSON by Java methods or fields in an expression in simple, such as {@code
 * body.data.path('address').path('state').asText}.
 *
 * @param source the variable that holds the JSON; empty for the body
 * @param jq the equivalent in jq, such as {@code .data.address.state}
 */
record JacksonExpression(Optional<String> source, String jq) {

  /** The root, such as {@code body} or {@code variable.found}. */
  private static final Pattern ROOT =
      Pattern.compile("(?:body|(?:variables?|exchangeProperty)[.:]([\\w-]+))(?=[.?\\[])");

  private static final Pattern CHAIN =
      Pattern.compile(
          "\\??\\.(\\w+)(?:\\(\\s*(?:'([^']*)'|\"([^\"]*)\"|(\\d+))?\\s*\\))?"
              + "|\\[\\s*(?:'([^']*)'|\"([^\"]*)\"|([\\w-]+))\\s*]");

  /** The fields of events and webhooks that are JSON. */
  private static final Set<String> JSON_FIELDS = Set.of("data", "body");

  private static final Set<String> STEPS = Set.of("path", "at", "get", "required", "requiredAt");
  private static final Set<String> ABSENCE = Set.of("isMissingNode", "isNull");
  private static final Pattern CONVERSION =
      Pattern.compile(
          "(as(Text|String|Int|Long|Double|Boolean)|(text|int|long|double|boolean|decimal)Value)");
  private static final Set<String> OF_JACKSON =
      Set.of("path", "at", "requiredAt", "isMissingNode", "isTextual", "hasNonNull", "findValue");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

  /** The access between <code>${</code> and <code>}</code>; empty if it reads no JSON. */
  static Optional<JacksonExpression> in(String function) {
    Matcher root = ROOT.matcher(function);
    if (!root.lookingAt()) {
      return Optional.empty();
    }
    Optional<String> source = Optional.ofNullable(root.group(1));
    List<Step> steps = steps(function.substring(root.end()));
    boolean field =
        source.isEmpty() && steps.size() > 1 && JSON_FIELDS.contains(steps.get(0).name());
    boolean method = steps.stream().anyMatch(Step::isOfJackson);
    return field || method
        ? Optional.of(new JacksonExpression(source, jq(steps)))
        : Optional.empty();
  }

  private static List<Step> steps(String chain) {
    return CHAIN
        .matcher(chain)
        .results()
        .map(
            it ->
                it.group(1) == null
                    ? new Step("", first(it.group(5), it.group(6), it.group(7)))
                    : new Step(it.group(1), first(it.group(2), it.group(3), it.group(4))))
        .toList();
  }

  private static Optional<String> first(String... texts) {
    return Stream.of(texts).filter(Objects::nonNull).findFirst();
  }

  private static String jq(List<Step> steps) {
    StringBuilder jq = new StringBuilder();
    String end = "";
    for (Step step : steps) {
      if (step.name().isEmpty() || STEPS.contains(step.name())) {
        step.argument().ifPresent(argument -> jq.append(path(argument)));
      } else if (ABSENCE.contains(step.name())) {
        end = " == null";
      } else if (step.name().equals("hasNonNull")) {
        step.argument().ifPresent(argument -> jq.append(path(argument)));
        end = " != null";
      } else if (step.name().equals("size")) {
        end = " | length";
      } else if (!CONVERSION.matcher(step.name()).matches()) {
        jq.append(path(step.name()));
      }
    }
    return (jq.isEmpty() ? "." : jq) + end;
  }

  /** {@code .a}, {@code ["a-b"]}, {@code [0]}, or the steps of a JSON pointer. */
  private static String path(String argument) {
    if (argument.startsWith("/")) {
      StringBuilder path = new StringBuilder();
      for (String step : argument.substring(1).split("/")) {
        path.append(path(step));
      }
      return path.toString();
    }
    if (NAME.matcher(argument).matches()) {
      return "." + argument;
    }
    return argument.matches("\\d+") ? "[%s]".formatted(argument) : ".\"%s\"".formatted(argument);
  }

  private record Step(String name, Optional<String> argument) {

    boolean isOfJackson() {
      return OF_JACKSON.contains(name) || CONVERSION.matcher(name).matches();
    }
  }
}
