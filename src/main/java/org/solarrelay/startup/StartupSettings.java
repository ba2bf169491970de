package org.solarrelay.startup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.solarrelay.config.SecretFolder;

/** The configuration as it can be read before the application exists: by name of a variable. */
public final class StartupSettings {
  private final UnaryOperator<String> properties;
  private final UnaryOperator<String> environment;
  private Map<String, String> files = Map.of();

  private StartupSettings(UnaryOperator<String> properties, UnaryOperator<String> environment) {
    this.properties = properties;
    this.environment = environment;
  }

  /**
   * System properties, behind them the files in RELAY_SECRETS_DIR, and behind those the environment
   * variables of this process.
   */
  public static StartupSettings ofProcess() {
    return new StartupSettings(System::getProperty, System::getenv);
  }

  /** Nothing but {@code environment}. */
  public static StartupSettings of(Map<String, String> environment) {
    return new StartupSettings(name -> null, environment::get);
  }

  /**
   * The value of a variable such as {@code QUARKUS_HTTP_PORT}, given under that name or as the
   * system property {@code quarkus.http.port}. Blank counts as unset.
   */
  public Optional<String> get(String name) {
    return present(properties.apply(name))
        .or(() -> present(properties.apply(name.toLowerCase().replace('_', '.'))))
        .or(() -> present(files.get(name)))
        .or(() -> present(environment.apply(name)));
  }

  /**
   * Reads the files in RELAY_SECRETS_DIR, where that is set.
   *
   * @throws StartRefusedException when they can not be read
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
   * @throws StartRefusedException when the value is not a port number
   */
  public int port(String name, int ifUnset) throws StartRefusedException {
    String value = get(name).orElse(String.valueOf(ifUnset));
    if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65535) {
      throw new StartRefusedException(name + " is not a port number: " + value);
    }
    return Integer.parseInt(value);
  }

  private static Optional<String> present(String value) {
    return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
  }
}
