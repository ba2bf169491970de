package org.solarrelay.routes.lint;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.solarrelay.config.RelayConfig;

/** The names that {@code {{placeholders}}} can have in this program. */
final class KnownProperties {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+)[:}]");

  private final Set<String> variables = new TreeSet<>();
  private final Set<String> relay = new TreeSet<>();
  private final Set<String> others = new TreeSet<>();

  KnownProperties() {
    addAll("relay", RelayConfig.class);
    others.addAll(ReleaseProperties.names());
    ReleaseProperties.names().forEach(name -> addVariables(ReleaseProperties.value(name)));
    others.addAll(System.getProperties().stringPropertyNames());
  }

  boolean has(String name) {
    return name.startsWith("relay.")
        ? relay.stream().anyMatch(known -> matches(known, name))
        : others.contains(name) || inEnvironment(name);
  }

  /** The environment variables that configure the program. */
  Set<String> variables() {
    return variables;
  }

  private void addVariables(String value) {
    VARIABLE.matcher(value).results().forEach(found -> variables.add(found.group(1)));
  }

  /** The names under {@code relay}, with {@code *} for any name. */
  Set<String> relay() {
    return relay;
  }

  private static boolean matches(String known, String name) {
    return name.matches(known.replace(".", "\\.").replace("*", "[^.]+"));
  }

  private static boolean inEnvironment(String name) {
    String variable = name.replaceAll("[^A-Za-z0-9]", "_");
    return System.getenv(name) != null
        || System.getenv(variable) != null
        || System.getenv(variable.toUpperCase(Locale.ROOT)) != null;
  }

  private void addAll(String prefix, Class<?> group) {
    for (Method method : group.getMethods()) {
      if (!method.isDefault()) {
        add(prefix + "." + kebabCase(method.getName()), method.getGenericReturnType());
      }
    }
  }

  private void add(String name, Type type) {
    if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
      add(name + ".*", map.getActualTypeArguments()[1]);
    } else if (type instanceof Class<?> group && group.getEnclosingClass() == RelayConfig.class) {
      addAll(name, group);
    } else {
      relay.add(name);
    }
  }

  private static String kebabCase(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
