package org.solarrelay;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.solarrelay.config.RelayConfig;

/** docs/configuration.md lists every variable and every key. */
class ConfigurationPageTest {

  private final String page = read("docs/configuration.md");

  @Test
  void everyVariableIsOnThePage() {
    String properties = read("src/main/resources/application.properties");

    Set<String> variables =
        Pattern.compile("\\$\\{([A-Z][A-Z_]+)")
            .matcher(properties)
            .results()
            .map(found -> found.group(1))
            .collect(toSet());

    assertThat(variables)
        .isNotEmpty()
        .allSatisfy(variable -> assertThat(page).contains("`" + variable + "`"));
  }

  @Test
  void everyKeyIsOnThePage() {
    assertThat(keys("relay", RelayConfig.class))
        .isNotEmpty()
        .allSatisfy(key -> assertThat(page).containsPattern("`" + key + "`"));
  }

  /** The keys below a prefix as patterns, with any name for the keys of a map. */
  private static Stream<String> keys(String prefix, Class<?> group) {
    return Stream.of(group.getMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .flatMap(method -> keys(prefix + "\\." + kebab(method.getName()), method));
  }

  private static Stream<String> keys(String key, Method method) {
    if (method.getReturnType() == Map.class) {
      ParameterizedType map = (ParameterizedType) method.getGenericReturnType();
      return keys(key + "\\.[^`.]+", (Class<?>) map.getActualTypeArguments()[1]);
    }
    boolean group = method.getReturnType().getDeclaringClass() == RelayConfig.class;
    return group ? keys(key, method.getReturnType()) : Stream.of(key);
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase();
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
