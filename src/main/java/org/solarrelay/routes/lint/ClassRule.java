package org.solarrelay.routes.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Classes that a file names exist, and the step can use them: an exception, a type of JSON. */
final class ClassRule implements Rule {

  private static final Set<String> KEYS =
      Set.of("beanType", "collectionType", "exceptionType", "resultType", "type", "unmarshalType");

  private static final Set<String> CONVERSIONS =
      Set.of("convertBodyTo", "convertHeaderTo", "convertVariableTo");

  /** Types that Camel accepts without their package. */
  static final Set<String> SHORT_TYPES =
      Set.of(
          "String", "Integer", "Long", "Double", "Boolean", "Map", "List", "Object", "byte[]",
          "boolean", "int", "long", "double", "char[]", "float", "short");

  private static final List<String> EXCEPTIONS =
      List.of(
          "org.solarrelay.delivery.PermanentFailureException",
          "org.apache.camel.CamelExecutionException",
          "org.apache.camel.http.base.HttpOperationFailedException",
          "java.io.IOException",
          "java.lang.Exception",
          "java.lang.IllegalArgumentException",
          "java.lang.IllegalStateException",
          "java.lang.RuntimeException",
          "java.lang.Throwable",
          "java.net.ConnectException",
          "java.net.SocketTimeoutException",
          "java.util.concurrent.TimeoutException");

  private final FileCheck perFile =
      new FileCheck(file -> file.entries().flatMap(entry -> names(file, entry)));

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index.files().stream().flatMap(perFile::of);
  }

  private static Stream<Problem> names(SourceFile file, YamlNode.Entry entry) {
    String key = String.valueOf(entry.name());
    if (key.equals("exception") && entry.value().isList()) {
      return entry.value().items().stream().flatMap(it -> exception(file, it, false));
    }
    if (key.equals("exceptionType")) {
      return exception(file, entry.value(), true);
    }
    if (CONVERSIONS.contains(key)) {
      YamlNode type = entry.value().get("type");
      return type == null || !type.isText() || type.text().contains(".")
          ? Stream.empty()
          : SHORT_TYPES.contains(type.text()) ? Stream.empty() : unknown(file, type);
    }
    if (!KEYS.contains(key) || !isClassName(entry.value().text())) {
      return Stream.empty();
    }
    Class<?> type = ClassNames.find(entry.value().text());
    return type == null
        ? unknown(file, entry.value())
        : rejectedArgument(file, key, entry.value(), type);
  }

  private static boolean isClassName(String text) {
    return text != null && text.matches("[a-z]\\w*(\\.[\\w$]+)+");
  }

  private static Stream<Problem> exception(SourceFile file, YamlNode name, boolean thrown) {
    String text = String.valueOf(name.text());
    if (text.contains("{{")) {
      return Stream.empty();
    }
    Class<?> type = ClassNames.find(text);
    if (type == null) {
      return unknown(file, name);
    }
    if (!Throwable.class.isAssignableFrom(type)) {
      return Stream.of(
          file.problem(
              name,
              "%s is no exception".formatted(text),
              "Write one, such as org.solarrelay.delivery.PermanentFailureException"));
    }
    return thrown && !takesMessage(type)
        ? Stream.of(
            file.problem(
                name,
                "%s cannot be thrown with a message alone".formatted(text),
                "Write org.solarrelay.delivery.PermanentFailureException, which ends the delivery"))
        : Stream.empty();
  }

  private static boolean takesMessage(Class<?> type) {
    return !Modifier.isAbstract(type.getModifiers())
        && Stream.of(type.getConstructors())
            .map(constructor -> List.of(constructor.getParameterTypes()))
            .anyMatch(List.of(String.class)::equals);
  }

  private static Stream<Problem> rejectedArgument(
      SourceFile file, String key, YamlNode name, Class<?> type) {
    if (key.equals("collectionType") && !Collection.class.isAssignableFrom(type)) {
      return Stream.of(
          file.problem(
              name, "%s is no collection".formatted(name.text()), "Write java.util.ArrayList"));
    }
    boolean readable =
        JsonNode.class.isAssignableFrom(type)
            || Map.class.isAssignableFrom(type)
            || Iterable.class.isAssignableFrom(type);
    return key.equals("unmarshalType")
            && !readable
            && (Modifier.isAbstract(type.getModifiers()) || Throwable.class.isAssignableFrom(type))
        ? Stream.of(
            file.problem(
                name,
                "no %s can be made of a body".formatted(name.text()),
                "Leave unmarshalType out for a Map, or write com.fasterxml.jackson.databind.JsonNode"))
        : Stream.empty();
  }

  private static Stream<Problem> unknown(SourceFile file, YamlNode name) {
    String text = String.valueOf(name.text());
    String simple = text.substring(text.lastIndexOf('.') + 1);
    Optional<String> suggestion =
        EXCEPTIONS.stream()
            .filter(known -> known.endsWith("." + simple))
            .findFirst()
            .or(() -> SpellingSuggestion.of(text, EXCEPTIONS, 3));
    return Stream.of(
        file.problem(
            name,
            "there is no class %s".formatted(text),
            RenamedNames.fix(text)
                .or(() -> suggestion.map("Did you mean %s?"::formatted))
                .orElse("Write its whole name with the package, as in java.io.IOException")));
  }
}
