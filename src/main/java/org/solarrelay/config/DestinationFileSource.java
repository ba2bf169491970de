package org.solarrelay.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Provides the active entries of {@code routes/destinations.yaml} as properties. Empty until the
 * relay has loaded its route files.
 */
public final class DestinationFileSource implements ConfigSource {

  static final String NAME = "routes/destinations.yaml";

  /** Below the environment and a release's settings, above defaults. */
  static final int ORDINAL = 200;

  private final TrialValues values = new TrialValues(Map.of());

  /**
   * Replaces all values, if {@code use} succeeds with the new values.
   *
   * @return the result of {@code use}
   */
  <T> T replace(Map<String, String> values, Supplier<T> use) {
    Map<String, String> literal = new HashMap<>();
    // otherwise the configuration would expand ${…}
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
