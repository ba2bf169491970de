package org.solarrelay.startup;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The configuration as it can be read before the application exists: by name of a variable. */
public final class Settings {
  private final UnaryOperator<String> properties;
  private final UnaryOperator<String> environment;

  private Settings(UnaryOperator<String> properties, UnaryOperator<String> environment) {
    this.properties = properties;
    this.environment = environment;
  }

  /** System properties and, behind them, environment variables of this process. */
  public static Settings ofProcess() {
    return new Settings(System::getProperty, System::getenv);
  }

  /** Nothing but {@code environment}. */
  public static Settings of(Map<String, String> environment) {
    return new Settings(name -> null, environment::get);
  }

  /**
   * The value of a variable such as {@code QUARKUS_HTTP_PORT}, given under that name or as the
   * system property {@code quarkus.http.port}. Blank counts as unset.
   */
  public Optional<String> get(String name) {
    return present(properties.apply(name))
        .or(() -> present(properties.apply(name.toLowerCase().replace('_', '.'))))
        .or(() -> present(environment.apply(name)));
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
