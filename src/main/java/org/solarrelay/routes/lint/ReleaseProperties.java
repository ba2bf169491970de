package org.solarrelay.routes.lint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.solarrelay.config.RelayConfig;

/** The settings of the release, from {@code application.properties}. */
final class ReleaseProperties {

  private static final Properties ALL = read();

  private ReleaseProperties() {}

  private static Properties read() {
    Properties release = new Properties();
    try (InputStream in = RelayConfig.class.getResourceAsStream("/application.properties")) {
      release.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return release;
  }

  static Set<String> names() {
    return ALL.stringPropertyNames();
  }

  /** The value as written, with its variables. */
  static String value(String name) {
    return ALL.getProperty(name);
  }

  /**
   * The names directly below a group: below {@code relay.destinations} those of the destinations.
   */
  static Set<String> below(String group) {
    String prefix = group + ".";
    return names().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()).replaceFirst("\\..*", ""))
        .collect(Collectors.toSet());
  }
}
