package org.solarrelay.routes;

import org.apache.camel.Ordered;
import org.apache.camel.spi.PropertiesSource;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * What {@code {{relay.…}}} stands for in route files: the value that the configuration has now.
 * Camel's own source has the same values; it reads the whole configuration for each of them, to
 * find where the value comes from.
 */
final class RelayPlaceholders implements PropertiesSource, Ordered {

  private static final String PREFIX = "relay.";

  @Override
  public String getName() {
    return "configuration of the relay";
  }

  @Override
  public String getProperty(String name) {
    return name.startsWith(PREFIX)
        ? ConfigProvider.getConfig().getOptionalValue(name, String.class).orElse(null)
        : null;
  }

  @Override
  public int getOrder() {
    return HIGHEST;
  }
}
