package org.solarrelay.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The entries of {@code routes/destinations.yaml} that are in force, as properties. It is empty
 * until the route files are loaded.
 */
public final class DestinationFileSource implements ConfigSource {

  static final String NAME = "routes/destinations.yaml";

  /** Below those of the environment and of a release, above defaults. */
  static final int ORDINAL = 200;

  private final TrialValues values = new TrialValues(Map.of());

  /**
   * Puts these values in the place of all before, once the use of them has succeeded.
   *
   * @return what the use makes of them
   */
  <T> T replace(Map<String, String> values, Supplier<T> use) {
    Map<String, String> literal = new HashMap<>();
    // the configuration would take ${…} for an expression
    values.forEach((name, value) -> literal.put(name, value.replace("$", "\\$")));
    return this.values.replace(Map.copyOf(literal), use);
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }

  @Override
  public Set<String> getPropertyNames() {
    return values.get().keySet();
  }

  @Override
  public String getValue(String name) {
    return values.get().get(name);
  }
}
