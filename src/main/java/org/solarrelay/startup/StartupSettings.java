package org.solarrelay.startup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.solarrelay.config.SecretFolder;

/** Reads settings by variable name, before the application and its configuration exist. */
public final class StartupSettings {
  private final UnaryOperator<String> properties;
  private final UnaryOperator<String> environment;
  private Map<String, String> files = Map.of();

  private StartupSettings(UnaryOperator<String> properties, UnaryOperator<String> environment) {
    this.properties = properties;
    this.environment = environment;
  }

  /**
   * The settings of this process: system properties win over files in RELAY_SECRETS_DIR, files over
   * environment variables.
   */
  public static StartupSettings ofProcess() {
    return new StartupSettings(System::getProperty, System::getenv);
  }

  /** The settings of {@code environment} alone. */
  public static StartupSettings of(Map<String, String> environment) {
    return new StartupSettings(name -> null, environment::get);
  }

  /**
   * The value of a variable such as {@code QUARKUS_HTTP_PORT}, also set by the system property
   * {@code quarkus.http.port}. A blank value counts as unset.
   */
  public Optional<String> get(String name) {
    return nonBlank(properties.apply(name))
        .or(() -> nonBlank(properties.apply(name.toLowerCase().replace('_', '.'))))
        .or(() -> nonBlank(files.get(name)))
        .or(() -> nonBlank(environment.apply(name)));
  }

  /**
   * Reads the files in RELAY_SECRETS_DIR, if it is set.
   *
   * @throws StartRefusedException if the folder cannot be read
   */
  public StartupSettings withSecretFiles() throws StartRefusedException {
    Optional<String> folder = get("RELAY_SECRETS_DIR");
    if (folder.isPresent()) {
      try {
        files = SecretFolder.read(Path.of(folder.get()));
      } catch (IOException e) {
        throw new StartRefusedException(
            "Solar Relay cannot start, RELAY_SECRETS_DIR names %s, which is no folder it can read."
                .formatted(folder.get()));
      }
    }
    return this;
  }

  public boolean has(String name) {
    return get(name).isPresent();
  }

  /**
   * The port that a variable sets.
   *
   * @throws StartRefusedException if the value is not a port number
   */
  public int port(String name, int defaultPort) throws StartRefusedException {
    String value = get(name).orElse(String.valueOf(defaultPort));
    if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65535) {
      throw new StartRefusedException(name + " is not a port number: " + value);
    }
    return Integer.parseInt(value);
  }

  private static Optional<String> nonBlank(String value) {
    return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
  }
}
