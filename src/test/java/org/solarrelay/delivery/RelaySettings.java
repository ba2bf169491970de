package org.solarrelay.delivery;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.solarrelay.config.RelayConfig;

/** The configuration without the program around it. */
public final class RelaySettings {

  private static final Map<String, String> LEAST =
      Map.ofEntries(
          Map.entry("relay.routes-dir", "routes"),
          Map.entry("relay.kafka.bootstrap-servers", "localhost:1"),
          Map.entry("relay.http.connections", "32"),
          Map.entry("relay.sources.enerflo.duplicate-window", "PT10M"),
          Map.entry("relay.sources.solarproof.duplicate-window", "PT24H"),
          Map.entry("relay.destinations.enerflo.url", "http://localhost:1"),
          Map.entry("relay.destinations.enerflo.api-key", "enerflo-key/+"),
          Map.entry("relay.destinations.enerflo.settings", "ENERFLO_URL and ENERFLO_API_KEY"),
          Map.entry("relay.destinations.solarproof.url", "http://localhost:1"),
          Map.entry("relay.destinations.solarproof.api-key", "solarproof-key"),
          Map.entry("relay.destinations.solarproof.matches-by", "email"),
          Map.entry(
              "relay.destinations.solarproof.settings", "SOLARPROOF_URL and SOLARPROOF_API_KEY"),
          Map.entry("relay.destinations.flip.one-state", "true"),
          Map.entry("relay.destinations.flip.settings", "FLIP_URL and FLIP_API_KEY"));

  private RelaySettings() {}

  /** Enerflo and Solar Proof on, Flip off; the rest as a release has it. */
  public static RelayConfig of(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(LEAST);
    all.putAll(more);
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withMapping(RelayConfig.class)
        .withSources(new PropertiesConfigSource(all, "test", 500))
        .build()
        .getConfigMapping(RelayConfig.class);
  }
}
