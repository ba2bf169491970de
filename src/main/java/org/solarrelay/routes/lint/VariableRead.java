package org.solarrelay.routes.lint;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Variable;

/**
 * A place where a file reads a variable.
 *
 * @param where the value that reads the variable
 */
record VariableRead(YamlNode where, String name) {

  private static final Pattern READ =
      Pattern.compile(
          "\\$\\{variables?[.:]([\\w-]+)|(?<![\\w.])variable\\(\\s*\"([\\w-]+)\"\\s*\\)");
  private static final Set<String> CALLS = Set.of("bean", "method");

  /**
   * The reads of variables that a kamelet's template or a route does not set.
   *
   * @param beans the types of beans: the parameters of their methods may name variables
   */
  static Stream<VariableRead> unset(YamlNode part, Map<String, Class<?>> beans) {
    Set<String> own = setters(part).keySet();
    return reads(part, beans).filter(read -> !own.contains(read.name())).distinct();
  }

  /** All reads of variables in a part of a file. */
  static Stream<VariableRead> reads(YamlNode part, Map<String, Class<?>> beans) {
    return part.allEntries().stream()
        .flatMap(entry -> Stream.concat(read(entry), byParameter(entry, beans)));
  }

  /** The names of the variables that a part sets, each with its first place. */
  static Map<String, YamlNode> setters(YamlNode part) {
    Map<String, YamlNode> setters = new TreeMap<>();
    part.allEntries().stream()
        .flatMap(VariableRead::set)
        .filter(YamlNode::isText)
        .forEach(name -> setters.merge(name.text(), name, VariableRead::first));
    return setters;
  }

  private static YamlNode first(YamlNode a, YamlNode b) {
    return a.start() <= b.start() ? a : b;
  }

  private static Stream<YamlNode> set(YamlNode.Entry entry) {
    return switch (String.valueOf(entry.name())) {
      case "setVariable" -> Stream.ofNullable(entry.value().get("name"));
      case "setVariables" ->
          Stream.ofNullable(entry.value().get("variables"))
              .flatMap(list -> list.items().stream())
              .flatMap(item -> Stream.ofNullable(item.get("name")));
      case "variableReceive" -> Stream.of(entry.value());
      default -> Stream.empty();
    };
  }

  private static Stream<VariableRead> read(YamlNode.Entry entry) {
    String text = entry.value().text();
    if (text == null) {
      return Stream.empty();
    }
    Stream<String> names =
        "variableSend".equals(entry.name())
            ? Stream.of(text)
            : READ.matcher(text)
                .results()
                .map(found -> found.group(found.group(1) == null ? 2 : 1))
                .filter(name -> !name.startsWith("global"));
    return names.map(name -> new VariableRead(entry.value(), name));
  }

  /** The reads of a call without arguments: Camel fills the parameters by their annotations. */
  private static Stream<VariableRead> byParameter(
      YamlNode.Entry entry, Map<String, Class<?>> beans) {
    YamlNode method = entry.value().get("method");
    Class<?> type = beans.get(String.valueOf(entry.value().textAt("ref")));
    if (!CALLS.contains(String.valueOf(entry.name())) || type == null || method == null) {
      return Stream.empty();
    }
    MethodCall call = MethodCall.of(String.valueOf(method.text()));
    return Stream.of(type.getMethods())
        .filter(it -> call.arguments() < 0 && it.getName().equals(call.name()))
        .map(Method::getParameters)
        .flatMap(Stream::of)
        .map((Parameter parameter) -> parameter.getAnnotation(Variable.class))
        .filter(Objects::nonNull)
        .map(variable -> new VariableRead(method, variable.value()));
  }
}
