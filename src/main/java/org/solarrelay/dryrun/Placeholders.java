package org.solarrelay.dryrun;

import io.smallrye.config.SmallRyeConfig;
import org.apache.camel.spi.PropertiesSource;
import org.solarrelay.routes.DestinationPlaceholders;

/** The values of the routes' {@code {{placeholders}}} in a dry run. */
record Placeholders(SmallRyeConfig settings) implements PropertiesSource {

  @Override
  public String getName() {
    return "settings";
  }

  @Override
  public String getProperty(String name) {
    return settings
        .getOptionalValue(name, String.class)
        .or(() -> DestinationPlaceholders.standIn(name))
        .orElse(null);
  }
}
