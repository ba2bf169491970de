package org.solarrelay.routes.lint;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A call of a method in a step, such as {@code link(${body}, 'crm')}.
 *
 * @param arguments how many arguments it has, or -1 if Camel finds them
 * @param values the arguments, as written in the file
 */
record MethodCall(String name, int arguments, List<String> values) {

  static MethodCall of(String text) {
    int open = text.indexOf('(');
    if (open < 0) {
      return new MethodCall(text.strip(), -1, List.of());
    }
    int close = text.lastIndexOf(')');
    String inner = text.substring(open + 1, close < open ? text.length() : close);
    List<String> values = inner.isBlank() ? List.of() : values(inner);
    return new MethodCall(text.substring(0, open).strip(), values.size(), values);
  }

  private static List<String> values(String arguments) {
    List<String> values = new ArrayList<>();
    int depth = 0;
    boolean quoted = false;
    int begin = 0;
    for (int at = 0; at < arguments.length(); at++) {
      char c = arguments.charAt(at);
      quoted ^= c == '\'' || c == '"';
      if (!quoted) {
        depth += "({[".indexOf(c) >= 0 ? 1 : ")}]".indexOf(c) >= 0 ? -1 : 0;
        if (c == ',' && depth == 0) {
          values.add(arguments.substring(begin, at).strip());
          begin = at + 1;
        }
      }
    }
    values.add(arguments.substring(begin).strip());
    return values;
  }

  /**
   * The first argument whose text Camel would change: an expression without quotes for a parameter
   * that takes a text. Camel replaces the text {@code null} by no value, and removes quotes.
   */
  Optional<String> interpolatedText(Class<?> type) {
    for (int index = 0; index < values.size(); index++) {
      String value = values.get(index);
      if (value.contains("${") && !new CallArgument(value).isQuoted() && takesText(type, index)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private boolean takesText(Class<?> type, int index) {
    return methods(type)
        .filter(method -> method.getName().equals(name))
        .filter(method -> method.getParameterCount() == arguments)
        .anyMatch(method -> CharSequence.class.isAssignableFrom(method.getParameterTypes()[index]));
  }

  /** The problem of the call on a {@code type}; null if there is none. */
  String problem(Class<?> type) {
    Set<Integer> counts =
        methods(type)
            .filter(method -> method.getName().equals(name))
            .map(Method::getParameterCount)
            .collect(Collectors.toCollection(TreeSet::new));
    if (counts.isEmpty()) {
      return "%s has no public method \"%s\"".formatted(type.getSimpleName(), name);
    }
    if (arguments >= 0 && !counts.contains(arguments)) {
      return "%s of %s takes %s, not %d arguments"
          .formatted(
              name,
              type.getSimpleName(),
              counts.stream().map(String::valueOf).collect(Collectors.joining(" or ")),
              arguments);
    }
    return null;
  }

  /**
   * The first argument that no method of that name accepts, and the expected value; empty if all
   * are accepted.
   */
  Optional<Misfit> rejectedArgument(Class<?> type) {
    List<Method> candidates =
        methods(type)
            .filter(method -> method.getName().equals(name))
            .filter(method -> method.getParameterCount() == arguments)
            .toList();
    for (int index = 0; index < values.size(); index++) {
      CallArgument argument = new CallArgument(values.get(index));
      Optional<String> instead = argument.instead();
      if (instead.isPresent()) {
        String problem = "%s is no value".formatted(argument.text());
        return Optional.of(new Misfit(argument.text(), problem, instead.get()));
      }
      int at = index;
      if (candidates.stream().noneMatch(it -> argument.fits(it.getParameterTypes()[at]))) {
        String expected = CallArgument.expected(candidates.get(0).getParameterTypes()[at]);
        return Optional.of(
            new Misfit(
                argument.text(),
                "argument %d of %s is %s, not %s"
                    .formatted(at + 1, name, expected, argument.text()),
                "Write %s, or ${…} for a value of the message".formatted(expected)));
      }
    }
    return Optional.empty();
  }

  /**
   * An argument that no method accepts.
   *
   * @param argument as written in the file
   */
  record Misfit(String argument, String problem, String fix) {}

  /** The names of the methods that routes can call on a {@code type}. */
  static Set<String> names(Class<?> type) {
    return methods(type).map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<Method> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getDeclaringClass() != Object.class);
  }
}
