package org.solarrelay.routes.lint;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.tooling.model.ComponentModel.EndpointOptionModel;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The values of endpoints' options are valid: numbers and durations are not negative unless Camel's
 * catalogue allows it, periods are not zero, classes exist and have the type of the option, HTTP
 * methods are in a list with commas.
 */
final class EndpointValueRule implements Rule {

  private static final Set<String> NUMBERS = Set.of("duration", "integer", "number");
  private static final Pattern NEGATIVE = Pattern.compile("-\\s*\\d.*");
  private static final Pattern ZERO = Pattern.compile("0+\\s*(ms|s|m|h|d)?");
  private static final Set<String> NOT_ZERO =
      Set.of(
          "timer.period",
          "topic.maxRecords",
          "kafka.requestTimeoutMs",
          "kafka.deliveryTimeoutMs",
          "kafka.maxRequestSize",
          "kafka.maxInFlightRequest");
  private static final Pattern CLASS =
      Pattern.compile("(?:#(?:class|type):)?((?:[a-z]\\w*\\.)+[A-Z][\\w$]*)(?:\\(.*\\))?");
  private static final Pattern METHODS =
      Pattern.compile(
          "(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)(,(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS))*");

  private final CamelCatalog catalog;

  private final FileCheck perFile = new FileCheck(this::inFile);

  EndpointValueRule(CamelCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index.files().stream().flatMap(perFile::of);
  }

  private Stream<Problem> inFile(SourceFile file) {
    return file.endpoints().stream()
        .filter(use -> !use.scheme().equals("kamelet"))
        .flatMap(use -> use.optionNames().stream().flatMap(name -> ofOption(use, name)));
  }

  private Stream<Problem> ofOption(EndpointUse use, String name) {
    String value = use.option(name).strip();
    if (value.contains("{{") || value.contains("${")) {
      return Stream.empty();
    }
    return Stream.of(number(use, name, value), type(use, name, value), methods(use, name, value))
        .flatMap(it -> it);
  }

  private Stream<Problem> number(EndpointUse use, String name, String value) {
    return catalog
        .option(use.scheme(), name)
        .filter(option -> NUMBERS.contains(option.getType()))
        .map(option -> number(use, name, value, option))
        .orElse(Stream.empty());
  }

  private static Stream<Problem> number(
      EndpointUse use, String name, String value, EndpointOptionModel option) {
    if (NEGATIVE.matcher(value).matches() && !mayBeNegative(option)) {
      return Stream.of(problem(use, name, value, "Write 0 or more"));
    }
    return ZERO.matcher(value).matches() && NOT_ZERO.contains(use.scheme() + "." + name)
        ? Stream.of(problem(use, name, value, "Write 1 or more"))
        : Stream.empty();
  }

  private static boolean mayBeNegative(EndpointOptionModel option) {
    String description = String.valueOf(option.getDescription()).toLowerCase();
    String defaultValue = String.valueOf(option.getDefaultValue());
    return description.contains("-1")
        || description.contains("negative")
        || NEGATIVE.matcher(defaultValue).matches();
  }

  private static Stream<Problem> type(EndpointUse use, String name, String value) {
    Matcher className = CLASS.matcher(value);
    if (!className.matches()) {
      return Stream.empty();
    }
    Class<?> type = ClassNames.find(className.group(1));
    if (type == null) {
      return Stream.of(
          use.problem(
              use.optionNode(name),
              value,
              "there is no class %s".formatted(className.group(1)),
              "Write its whole name with the package, as in"
                  + " org.apache.kafka.common.serialization.ByteArraySerializer"));
    }
    Class<?> expected =
        name.endsWith("Deserializer")
            ? Deserializer.class
            : name.endsWith("Serializer") ? Serializer.class : Object.class;
    return use.scheme().equals("kafka")
            && !name.startsWith("header")
            && !expected.isAssignableFrom(type)
        ? Stream.of(
            use.problem(
                use.optionNode(name),
                value,
                "%s is no %s".formatted(type.getSimpleName(), expected.getSimpleName()),
                "Write a class that is one, such as"
                    + " org.apache.kafka.common.serialization.ByteArray%s"
                        .formatted(expected.getSimpleName())))
        : Stream.empty();
  }

  private static Stream<Problem> methods(EndpointUse use, String name, String value) {
    boolean wrong = name.equals("httpMethodRestrict") && !METHODS.matcher(value).matches();
    return wrong
        ? Stream.of(
            problem(use, name, value, "Write HTTP methods with commas between, such as GET,POST"))
        : Stream.empty();
  }

  private static Problem problem(EndpointUse use, String name, String value, String fix) {
    return use.problem(
        use.optionNode(name), value, "%s cannot be \"%s\"".formatted(name, value), fix);
  }
}
