package org.solarrelay.routes.lint;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A method as a step names it, such as {@code link(${body}, 'crm')}.
 *
 * @param arguments how many are given, or -1 where Camel is to find them
 */
record MethodCall(String name, int arguments) {

  static MethodCall of(String text) {
    int open = text.indexOf('(');
    if (open < 0) {
      return new MethodCall(text.strip(), -1);
    }
    int close = text.lastIndexOf(')');
    String inner = text.substring(open + 1, close < open ? text.length() : close);
    return new MethodCall(text.substring(0, open).strip(), inner.isBlank() ? 0 : count(inner));
  }

  private static int count(String arguments) {
    int depth = 0;
    boolean quoted = false;
    int count = 1;
    for (char c : arguments.toCharArray()) {
      quoted ^= c == '\'' || c == '"';
      if (!quoted) {
        depth += "({[".indexOf(c) >= 0 ? 1 : ")}]".indexOf(c) >= 0 ? -1 : 0;
        count += c == ',' && depth == 0 ? 1 : 0;
      }
    }
    return count;
  }

  /** What stands against calling it on a {@code type}; null where nothing does. */
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

  /** The names that can be called on a {@code type}. */
  static Set<String> names(Class<?> type) {
    return methods(type).map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<Method> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getDeclaringClass() != Object.class);
  }
}
