package org.solarrelay.routes;

import org.apache.camel.Ordered;
import org.apache.camel.spi.PropertiesSource;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The values of {@code {{relay.…}}} in route files, from the current configuration. Camel's own
 * source has the same values, but reads the whole configuration for each, to find where the value
 * comes from.
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
