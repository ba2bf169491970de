package org.solarrelay.routes.lint;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Converter;
import org.apache.camel.util.ObjectHelper;

/**
 * An argument of a call, as written in the file.
 *
 * @param text the argument, with its quotes
 */
record CallArgument(String text) {

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
  private static final Set<String> BOOLEANS = Set.of("true", "false");
  private static final String OURS = "org.solarrelay.";

  /** Whether the value depends on the message or the configuration. */
  boolean isDynamic() {
    return text.contains("${") || text.contains("{{");
  }

  boolean isQuoted() {
    char first = text.isEmpty() ? ' ' : text.charAt(0);
    return text.length() > 1
        && (first == '\'' || first == '"')
        && text.charAt(text.length() - 1) == first;
  }

  /** The fix for a word without quotes, which Camel ignores; empty if the argument is a value. */
  Optional<String> instead() {
    boolean value =
        isDynamic()
            || isQuoted()
            || NUMBER.matcher(text).matches()
            || BOOLEANS.contains(text)
            || Set.of("null", "*").contains(text)
            || isType();
    if (value) {
      return Optional.empty();
    }
    return Optional.of(
        text.matches("(body|header|variable|exchangeProperty|exception)(\\.[\\w.]+)?")
            ? "Write ${%s}".formatted(text)
            : "Write '%s' for the text, ${…} for a value of the message"
                .formatted(text.replace("'", "").replace("\"", "")));
  }

  /**
   * Whether the argument is a type, which selects an overload: {@code name(String)}, {@code
   * java.util.Map.class}.
   */
  private boolean isType() {
    String name = text.replaceFirst("\\.class$", "").replaceFirst("\\s.*", "");
    return ClassNames.find(name) != null
        || ClassNames.find("java.lang." + name) != null
        || ClassNames.find("java.util." + name) != null
        || text.endsWith(".class");
  }

  /** Whether Camel can convert the argument to the type of a parameter. */
  boolean fits(Class<?> parameter) {
    Class<?> type = ObjectHelper.convertPrimitiveTypeToWrapperType(parameter);
    if (isDynamic() || isType() || type == Object.class || text.equals("*")) {
      return true;
    }
    if (text.equals("null")) {
      return !parameter.isPrimitive();
    }
    String plain = isQuoted() ? text.substring(1, text.length() - 1) : text;
    if (Number.class.isAssignableFrom(type)) {
      return NUMBER.matcher(plain).matches();
    }
    if (type == Boolean.class) {
      return BOOLEANS.contains(plain);
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants()).anyMatch(it -> name(it).equals(plain));
    }
    return (!type.getName().startsWith(OURS) || isQuoted() && hasTextConverter(type))
        && !Map.class.isAssignableFrom(type)
        && !Collection.class.isAssignableFrom(type);
  }

  /** Whether the program has a Camel type converter from text to the type. */
  private static boolean hasTextConverter(Class<?> type) {
    Class<?> converter = ClassNames.find(type.getName() + "Converter");
    return converter != null && converter.isAnnotationPresent(Converter.class);
  }

  private static String name(Object constant) {
    return ((Enum<?>) constant).name();
  }

  /** The values that a parameter accepts, for messages. */
  static String expected(Class<?> parameter) {
    if (parameter.isEnum()) {
      return "one of "
          + Arrays.stream(parameter.getEnumConstants())
              .map(CallArgument::name)
              .reduce((a, b) -> a + ", " + b)
              .orElse("none");
    }
    Class<?> type = ObjectHelper.convertPrimitiveTypeToWrapperType(parameter);
    if (Number.class.isAssignableFrom(type)) {
      return "a number";
    }
    return type == Boolean.class ? "true or false" : "a value of type " + type.getSimpleName();
  }
}
