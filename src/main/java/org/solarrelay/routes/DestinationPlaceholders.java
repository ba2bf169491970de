package org.solarrelay.routes;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Ordered;
import org.apache.camel.spi.PropertiesSource;

/**
 * The values of {@code {{relay.destinations.<name>.url}}} and {@code .api-key} for a destination
 * that is off or removed, so that its route can be loaded. No delivery enters that route.
 */
public final class DestinationPlaceholders implements PropertiesSource, Ordered {

  private static final Pattern SETTING =
      Pattern.compile("relay\\.destinations\\.([^.]+)\\.(url|api-key)");

  /** The stand-in for a setting that has no value; empty for every other property. */
  public static Optional<String> standIn(String property) {
    Matcher setting = SETTING.matcher(property);
    if (!setting.matches()) {
      return Optional.empty();
    }
    boolean url = setting.group(2).equals("url");
    return Optional.of(url ? "http://%s.invalid".formatted(setting.group(1)) : "");
  }

  @Override
  public String getName() {
    return "destinations that are off";
  }

  @Override
  public String getProperty(String name) {
    return standIn(name).orElse(null);
  }

  @Override
  public int getOrder() {
    return LOWEST;
  }
}
