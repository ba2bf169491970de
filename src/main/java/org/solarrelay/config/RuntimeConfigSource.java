package org.solarrelay.config;

import io.smallrye.config.SmallRyeConfig;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Provides the current values of all properties under {@code relay.} of a running program. */
record RuntimeConfigSource(SmallRyeConfig running) implements ConfigSource {

  private static final String PREFIX = "relay.";

  @Override
  public Set<String> getPropertyNames() {
    Set<String> names = new LinkedHashSet<>();
    for (String name : running.getLatestPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        names.add(name);
      }
    }
    return names;
  }

  @Override
  public String getValue(String name) {
    return name.startsWith(PREFIX) ? running.getConfigValue(name).getValue() : null;
  }

  @Override
  public String getName() {
    return "running";
  }
}
